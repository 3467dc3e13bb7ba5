/** Bytes in network order as 16-bit groups. */
export function readBytes(bytes: Uint8Array): number[] {
  const groups: number[] = [];
  for (let i = 0; i < bytes.length; i += 2) groups.push((bytes[i] << 8) | bytes[i + 1]);
  return groups;
}

/** Two groups as dotted decimal. */
export function dotted(high: number, low: number): string {
  return `${high >> 8}.${high & 0xff}.${low >> 8}.${low & 0xff}`;
}

/**
 * The longest run of zeros in the first `count` groups, the first of equals, as 16 * end + length; 0 if no two are together (RFC 5952
 * section 4.2).
 */
function zeroRun(groups: ArrayLike<number>, count: number): number {
  let best = 0;
  for (let i = 0, length = 0; i < count; i++) {
    length = groups[i] === 0 ? length + 1 : 0;
    if (length > 1 && length > (best & 15)) best = ((i + 1) << 4) | length;
  }
  return best;
}

// What a byte is in hexadecimal, alone and behind another: `toString(16)` for each group takes twice as long as all the rest.
const HEX = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => byte.toString(16));
const PADDED = /* @__PURE__ */ HEX.map((text) => text.padStart(2, '0'));

function hex(groups: ArrayLike<number>, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) {
    const group = groups[i];
    if (i > from) text += ':';
    text += group < 256 ? HEX[group] : HEX[group >> 8] + PADDED[group & 255];
  }
  return text;
}

/**
 * Eight groups in the form of RFC 5952.
 * @param compatible also write IPv4-compatible addresses (`::1.2.3.4`) with a dotted tail, as `inet_ntop` and so Node's SocketAddress do
 */
export function formatGroups(groups: ArrayLike<number>, compatible: boolean): string {
  const run = zeroRun(groups, 8);
  if (run === 0) return hex(groups, 0, 8);
  const end = run >> 4;
  const length = run & 15;
  if (end === length) {
    if (length === 5 && groups[5] === 0xffff) return `::ffff:${dotted(groups[6], groups[7])}`;
    if (length === 6 && compatible) return `::${dotted(groups[6], groups[7])}`;
  }
  return `${hex(groups, 0, end - length)}::${hex(groups, end, 8)}`;
}

/** Eight groups with a dotted tail in place of the last two (RFC 4291 section 2.2). */
export function formatDotted(groups: ArrayLike<number>): string {
  const run = zeroRun(groups, 6);
  const tail = dotted(groups[6], groups[7]);
  if (run === 0) return `${hex(groups, 0, 6)}:${tail}`;
  const end = run >> 4;
  return `${hex(groups, 0, end - (run & 15))}::${end < 6 ? `${hex(groups, end, 6)}:` : ''}${tail}`;
}
