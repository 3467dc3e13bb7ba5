import fc from 'fast-check';

const octet = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 9, 10, 99, 100, 199, 249, 250, 255));
export const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));

const group = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0, 1, 0xffff)), fc.boolean(), fc.boolean())
  .map(([value, pad, upper]) => {
    const text = pad ? value.toString(16).padStart(4, '0') : value.toString(16);
    return upper ? text.toUpperCase() : text;
  });
const joined = (min: number, max: number) => fc.array(group, { minLength: min, maxLength: max }).map((groups) => groups.join(':'));
const compressed = fc.integer({ min: 0, max: 7 }).chain((before) =>
  fc.tuple(joined(before, before), joined(0, 7 - before)).map(([head, tail]) => `${head}::${tail}`),
);
const withTail = fc.oneof(
  fc.tuple(joined(6, 6), ipv4).map(([head, tail]) => `${head}:${tail}`),
  fc.tuple(joined(0, 5), ipv4).map(([head, tail]) => `${head}::${tail}`),
  ipv4.map((tail) => `::ffff:${tail}`),
);
const ipv6 = fc.oneof(joined(8, 8), compressed, withTail);
/**
 * Of more than 39 characters the builtins of some Nodes lose the end: 24 refuses `0000:...:255.255.255.255`, 20 and 26 read
 * `1:...:0.99.199.10%a` as `...0.99.199.1`. Comparisons with SocketAddress and BlockList leave those out.
 */
export const isShort = (text: string) => text.split('%')[0].length <= 39;
export const shortIPv6 = ipv6.filter(isShort);
const zone = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '9', '-', '.', ':'), minLength: 1, maxLength: 6 });
const ipv6WithZone = fc.tuple(ipv6, fc.option(zone)).map(([text, id]) => (id === null ? text : `${text}%${id}`));
export const ip = fc.oneof(ipv4, ipv6WithZone);

const piece = fc.constantFrom(':', '::', '.', '0', '00', '1', '25', '256', 'f', 'G', 'ffff', '%', '%a', ' ', '\0', '\n', '/', '-', '_', '１', 'é', '1.2.3.4', '');
/** Addresses with a few characters put in, taken out or replaced: the edges of what is valid, on both sides. */
export const nearAddress = fc
  .tuple(ip, fc.array(fc.tuple(fc.nat(50), fc.nat(2), piece), { maxLength: 3 }))
  .map(([text, edits]) => edits.reduce((now, [at, cut, put]) => now.slice(0, at % (now.length + 1)) + put + now.slice((at % (now.length + 1)) + cut), text));
