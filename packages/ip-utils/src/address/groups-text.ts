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
 * The longest run of zeros in the first `count` groups, the first of equals, as [start, length]; a single group does not count (RFC 5952
 * section 4.2).
 */
function zeroRun(groups: ArrayLike<number>, count: number): [number, number] {
  let best = 0;
  let bestLength = 1;
  for (let i = 0; i < count; ) {
    const start = i;
    while (i < count && groups[i] === 0) i++;
    if (i - start > bestLength) {
      best = start;
      bestLength = i - start;
    }
    i++;
  }
  return bestLength > 1 ? [best, bestLength] : [8, 0];
}

function hex(groups: ArrayLike<number>, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += (i > from ? ':' : '') + groups[i].toString(16);
  return text;
}

/**
 * Eight groups in the form of RFC 5952.
 * @param compatible also write IPv4-compatible addresses (`::1.2.3.4`) with a dotted tail, as `inet_ntop` and so Node's SocketAddress do
 */
export function formatGroups(groups: ArrayLike<number>, compatible: boolean): string {
  const [start, length] = zeroRun(groups, 8);
  if (start === 0) {
    if (length === 5 && groups[5] === 0xffff) return `::ffff:${dotted(groups[6], groups[7])}`;
    if (length === 6 && compatible) return `::${dotted(groups[6], groups[7])}`;
  }
  if (length === 0) return hex(groups, 0, 8);
  return `${hex(groups, 0, start)}::${hex(groups, start + length, 8)}`;
}

/** Eight groups with a dotted tail in place of the last two (RFC 4291 section 2.2). */
export function formatDotted(groups: ArrayLike<number>): string {
  const [start, length] = zeroRun(groups, 6);
  const tail = dotted(groups[6], groups[7]);
  if (length === 0) return `${hex(groups, 0, 6)}:${tail}`;
  const end = start + length;
  return `${hex(groups, 0, start)}::${end < 6 ? `${hex(groups, end, 6)}:` : ''}${tail}`;
}
