import { dotted, formatGroups } from '../address/groups-text.js';

const groups = /* @__PURE__ */ new Uint16Array(8);

/** The canonical spelling of the network whose address is the `width` bytes from `from` on. */
export function prefixText(bytes: Uint8Array, from: number, width: 4 | 16, length: number): string {
  for (let i = 0; i < width; i += 2) groups[i >> 1] = (bytes[from + i] << 8) | bytes[from + i + 1];
  return `${width === 4 ? dotted(groups[0], groups[1]) : formatGroups(groups, false)}/${length}`;
}
