import fc from 'fast-check';

// Addresses and networks as numbers, written again in the slowest and plainest way, to compare the package with.

export type Version = 4 | 6;
export const bitsOf = (version: Version) => (version === 4 ? 32 : 128);
export interface Net { readonly version: Version; readonly value: bigint; readonly prefix: number }

/** Not canonical, so that parsing is tested along: all eight groups. */
export const textOf = (version: Version, value: bigint): string => {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - i * 16)) & 0xffffn).toString(16)).join(':');
};
export const netText = ({ version, value, prefix }: Net) => `${textOf(version, value)}/${prefix}`;
export const first = ({ version, value, prefix }: Net) => (value >> BigInt(bitsOf(version) - prefix)) << BigInt(bitsOf(version) - prefix);
export const last = (net: Net) => first(net) + 2n ** BigInt(bitsOf(net.version) - net.prefix) - 1n;
export const isIn = (nets: readonly Net[], version: Version, value: bigint) => nets.some((net) => net.version === version && first(net) <= value && value <= last(net));

/** From the text of a result. */
export const netOf = (text: string): Net => {
  const [address, prefix] = text.split('/') as [string, string];
  return { ...valueOf(address), prefix: Number(prefix) };
};
export const valueOf = (text: string): { readonly version: Version; readonly value: bigint } => {
  if (!text.includes(':')) return { version: 4, value: text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n) };
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain = dotted === null ? text : text.slice(0, dotted.index) + [[1, 2], [3, 4]].map(([a, b]) => (Number(dotted[a]) * 256 + Number(dotted[b])).toString(16)).join(':');
  const [head, tail] = plain.split('::') as [string, string | undefined];
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return { version: 6, value: all.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) };
};

/** The fewest networks of a set of addresses: of each address the largest network around it that is all in the set. */
export const fewest = (version: Version, set: ReadonlySet<bigint>): string[] => {
  const found = new Map<string, Net>();
  for (const value of [...set].sort((a, b) => (a < b ? -1 : 1))) {
    let prefix = bitsOf(version);
    const isWhole = (net: Net) => {
      for (let one = first(net); one <= last(net); one++) if (!set.has(one)) return false;
      return true;
    };
    while (prefix > 0 && isWhole({ version, value, prefix: prefix - 1 })) prefix--;
    const net = { version, value: first({ version, value, prefix }), prefix };
    found.set(netText(net), net);
  }
  return [...found.keys()];
};

const edge = (version: Version) => {
  const end = 2n ** BigInt(bitsOf(version));
  return version === 4 ? [0n, end - 128n, 0x0a00_0000n, 0x7fff_ff80n] : [0n, end - 128n, 0x2001_0db8_0000_0000_ffff_ffff_ffff_ff80n, 0xffff_0000_0000n, 0x7fff_ffff_ffff_ffff_ffff_ffff_ffff_ff80n];
};
export const version: fc.Arbitrary<Version> = fc.constantFrom(4, 6);
/** Networks of at most 128 addresses, close together so that they meet, up against both ends of the space. */
export const smallNet = (of: Version): fc.Arbitrary<Net> =>
  fc.tuple(fc.constantFrom(...edge(of)), fc.nat(127), fc.nat(7)).map(([base, offset, bits]) => ({ version: of, value: base + BigInt(offset), prefix: bitsOf(of) - bits }));
/** Of any size. */
export const anyNet: fc.Arbitrary<Net> = version.chain((of) =>
  fc.tuple(fc.oneof(fc.constantFrom(...edge(of)), fc.bigInt(0n, 2n ** BigInt(bitsOf(of)) - 1n)), fc.nat(bitsOf(of))).map(([value, prefix]) => ({ version: of, value, prefix })));
