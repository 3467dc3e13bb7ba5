import fc from 'fast-check';

/** Bytes of which many are delimiters, or parts of them. */
export const wire = fc.oneof(
  fc.array(fc.constantFrom(0x0a, 0x0d, 0x61, 0x62, 0xc3, 0xa9, 0xff), { maxLength: 60 }).map((array) => Buffer.from(array)),
  fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('\n', '\r\n', 'aaa')), { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''))),
);

/** Where bytes are cut: everywhere, nowhere, or in places. */
export const cuts = fc.oneof(fc.constant('everywhere' as const), fc.array(fc.nat(60), { maxLength: 6 }));

export function split(whole: Uint8Array, at: readonly number[] | 'everywhere'): Buffer[] {
  const edges = at === 'everywhere' ? Array.from(whole.keys()) : at.map((edge) => Math.min(edge, whole.length)).sort((a, b) => a - b);
  const all = [0, ...edges, whole.length];
  return all.slice(1).map((edge, i) => Buffer.from(whole.subarray(all[i], edge))).filter((chunk) => chunk.length > 0);
}
