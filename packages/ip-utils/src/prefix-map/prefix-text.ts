import { dotted, formatGroups } from '../address/groups-text.js';

/** How many texts are kept, at most some 200 bytes each. */
const KEPT = 16_384;

const groups = /* @__PURE__ */ new Uint16Array(8);

/** The canonical spelling of the network whose address is the `width` bytes from `from` on. */
function prefixText(bytes: Uint8Array, from: number, width: 4 | 16, length: number): string {
  for (let i = 0; i < width; i += 2) groups[i >> 1] = (bytes[from + i] << 8) | bytes[from + i + 1];
  return `${width === 4 ? dotted(groups[0], groups[1]) : formatGroups(groups, false)}/${length}`;
}

/**
 * Texts of entries, of which a few thousand are kept: making one takes longer than the search that found it, and most programs ask for
 * the same networks again and again. One is kept when it is asked for the second time in a row of its place: with as many networks as
 * places each would drive out another, and keeping costs more than making.
 */
export class PrefixTexts {
  readonly #width: 4 | 16;
  /** By the last bits of the number of an entry: which one it is, and its text. */
  #entries = new Int32Array(16);
  #texts = new Array<string | undefined>(16);

  constructor(width: 4 | 16) {
    this.#width = width;
  }

  /** The text of an entry, whose address is the bytes from `from` on. */
  of(entry: number, bytes: Uint8Array, from: number, length: number): string {
    const entries = this.#entries;
    const at = entry & (entries.length - 1);
    if (entries[at] === entry) return (this.#texts[at] ??= prefixText(bytes, from, this.#width, length));
    if (entry >= entries.length && entries.length < KEPT) this.#grow();
    else {
      entries[at] = entry;
      this.#texts[at] = undefined;
    }
    return prefixText(bytes, from, this.#width, length);
  }

  /** Small tables have few places. What was kept is made again. */
  #grow(): void {
    this.#entries = new Int32Array(this.#entries.length * 2);
    this.#texts = new Array<string | undefined>(this.#entries.length);
  }

  forget(entry: number): void {
    const at = entry & (this.#entries.length - 1);
    if (this.#entries[at] === entry) this.#entries[at] = 0;
  }
}
