import { PrefixTexts } from './prefix-text.js';
import { FANOUT, TrieMemory } from './trie-memory.js';

/** A node and how many groups of four bits lie above it, at most 31, in one number above zero. */
const pointerTo = (node: number, depth: number): number => (node << 5) | depth;
const nodeOf = (pointer: number): number => pointer >> 5;
const depthOf = (pointer: number): number => pointer & 31;

/** The four bits that a node of this depth looks at, of the address at `from`. */
function nibbleAt(bytes: Uint8Array, from: number, depth: number): number {
  const byte = bytes[from + (depth >> 1)];
  return (depth & 1) === 0 ? byte >> 4 : byte & 15;
}

const nibble = (bytes: Uint8Array, depth: number): number => nibbleAt(bytes, 0, depth);

/** The depth of the node that looks at the last bit of a prefix. */
const homeOf = (length: number): number => (length === 0 ? 0 : (length - 1) >> 2);

/** The nodes between the root and the end of the last descent: at most one for each four bits. */
const path = /* @__PURE__ */ new Int32Array(32);

/**
 * Prefixes of one length of address, as a trie over four bits at a time without the nodes that have one way only (a Patricia trie). A
 * prefix whose last bit a node looks at stands in each slot of that node that it covers; one that is longer and alone in its slot stands
 * there as well, without nodes of its own. Prefixes in one slot hold one another, and are chained from the longest to the shortest.
 *
 * A search looks at the bits that the nodes ask for and at no others, until it can go no deeper. All prefixes that it passed hold one
 * another, so comparing the address with the longest of them says which of them hold the address.
 */
export class PrefixTrie {
  /** Bytes of an address. */
  readonly width: 4 | 16;
  readonly #memory: TrieMemory;
  readonly #texts: PrefixTexts;

  constructor(width: 4 | 16) {
    this.width = width;
    this.#memory = new TrieMemory(width);
    this.#texts = new PrefixTexts(width);
  }

  lengthOf(entry: number): number {
    return this.#memory.lengthOf(entry);
  }

  /** The address of an entry: valid until the trie is changed. */
  bytesOf(entry: number): Uint8Array {
    const from = entry * this.#memory.words * 4;
    return this.#memory.bytes.subarray(from, from + this.width);
  }

  textOf(entry: number): string {
    const { bytes, words } = this.#memory;
    return this.#texts.of(entry, bytes, entry * words * 4, this.lengthOf(entry));
  }

  /** The entry of the longest prefix of at most `limit` bits that holds the address, or 0. */
  find(bytes: Uint8Array, limit: number): number {
    const memory = this.#memory;
    const { slots } = memory;
    let level = 0;
    let next = slots[nibble(bytes, 0)];
    while (next > 0) {
      path[level++] = next;
      next = slots[nodeOf(next) * FANOUT + nibble(bytes, depthOf(next))];
    }
    let most = -1;
    for (let entry = -next; ; entry = memory.above[nodeOf(path[--level])]) {
      for (; entry !== 0; entry = memory.up(entry)) {
        const length = memory.lengthOf(entry);
        if (length > limit) continue;
        if (most < 0) most = this.#common(bytes, entry);
        if (length <= most) return entry;
      }
      if (level === 0) return 0;
    }
  }

  /** The entry of exactly this prefix, or 0. */
  get(bytes: Uint8Array, length: number): number {
    const entry = this.find(bytes, length);
    return entry !== 0 && this.#memory.lengthOf(entry) === length ? entry : 0;
  }

  /** Adds a prefix that is not here; bits after it are zero. Numbers of removed entries are used again. */
  add(bytes: Uint8Array, length: number): number {
    const memory = this.#memory;
    const last = this.#lastOnPath(bytes);
    const shared = last === 0 ? 0 : this.#common(bytes, last) >> 2;
    const home = homeOf(length);
    const entry = memory.addEntry(bytes, length);
    let node = 0;
    for (let depth = 0; depth < home; ) {
      const at = node * FANOUT + nibble(bytes, depth);
      const next = memory.slots[at];
      const hasRoom = next === 0 || (next < 0 && homeOf(memory.lengthOf(-next)) === depth);
      if (hasRoom) {
        this.#link(at, entry);
        return entry;
      }
      const below = next > 0 ? depthOf(next) : homeOf(memory.lengthOf(-next));
      const isOnTheWay = next > 0 && below <= Math.min(home, shared);
      const pointer = isOnTheWay ? next : this.#split(at, last, Math.min(home, shared, below));
      node = nodeOf(pointer);
      depth = depthOf(pointer);
    }
    this.#spread(node, home, entry, true);
    return entry;
  }

  /** Removes an entry that is here. */
  remove(entry: number): void {
    const memory = this.#memory;
    const bytes = this.bytesOf(entry);
    const home = homeOf(memory.lengthOf(entry));
    let node = 0;
    let depth = 0;
    let from = -1;
    let at = nibble(bytes, 0);
    while (depth < home && memory.slots[at] > 0) {
      from = at;
      node = nodeOf(memory.slots[at]);
      depth = depthOf(memory.slots[at]);
      at = node * FANOUT + nibble(bytes, depth);
    }
    if (depth === home) this.#spread(node, depth, entry, false);
    else this.#unlink(at, entry);
    memory.removeEntry(entry);
    this.#texts.forget(entry);
    if (node !== 0) this.#collapse(node, from);
  }

  /**
   * The first entry after a prefix, by address, the shorter prefix first; 0 at the end. With length -1 that address itself counts as well.
   */
  after(bytes: Uint8Array, length: number): number {
    return this.#after(0, bytes, length, true);
  }

  #after(pointer: number, bytes: Uint8Array, length: number, isBounded: boolean): number {
    const { slots, above } = this.#memory;
    const node = nodeOf(pointer);
    const depth = depthOf(pointer);
    const first = isBounded ? nibble(bytes, depth) : 0;
    for (let slot = first; slot < FANOUT; slot++) {
      const next = slots[node * FANOUT + slot];
      if (next === 0) continue;
      const isEdge = isBounded && slot === first;
      const own = this.#firstOfChain(next > 0 ? above[nodeOf(next)] : -next, depth, slot, isEdge ? bytes : null, length);
      if (own !== 0) return own;
      if (next < 0) continue;
      const order = isEdge ? this.#orderOf(this.#anyBelow(nodeOf(next)), bytes, depthOf(next) * 4) : 1;
      const below = order < 0 ? 0 : this.#after(next, bytes, length, order === 0);
      if (below !== 0) return below;
    }
    return 0;
  }

  /** The shortest entry of a chain that begins in this slot and, where there is a bound, comes after it. */
  #firstOfChain(head: number, depth: number, slot: number, bound: Uint8Array | null, length: number): number {
    const memory = this.#memory;
    let found = 0;
    for (let entry = head; entry !== 0; entry = memory.up(entry)) {
      if (this.#nibbleOf(entry, depth) !== slot) continue;
      const order = bound === null ? 1 : this.#orderOf(entry, bound, this.width * 8) || memory.lengthOf(entry) - length;
      if (order > 0) found = entry;
    }
    return found;
  }

  #nibbleOf(entry: number, depth: number): number {
    return nibbleAt(this.#memory.bytes, entry * this.#memory.words * 4, depth);
  }

  /** How the first `bits` of an entry's address compare with those of another address. */
  #orderOf(entry: number, bytes: Uint8Array, bits: number): number {
    const common = this.#common(bytes, entry);
    return common >= bits ? 0 : this.#memory.bytes[entry * this.#memory.words * 4 + (common >> 3)] - bytes[common >> 3];
  }

  /** How many bits an address has in common with that of an entry. */
  #common(address: Uint8Array, entry: number): number {
    const { bytes, words } = this.#memory;
    const { width } = this;
    for (let i = 0, at = entry * words * 4; i < width; i++, at++) {
      if (address[i] !== bytes[at]) return i * 8 + Math.clz32(address[i] ^ bytes[at]) - 24;
    }
    return width * 8;
  }

  /** An entry below the deepest node that the address leads to; 0 if there is none at all. */
  #lastOnPath(bytes: Uint8Array): number {
    const { slots } = this.#memory;
    let node = 0;
    let next = slots[nibble(bytes, 0)];
    while (next > 0) {
      node = nodeOf(next);
      next = slots[node * FANOUT + nibble(bytes, depthOf(next))];
    }
    return next === 0 ? this.#anyBelow(node) : -next;
  }

  #anyBelow(node: number): number {
    const { slots } = this.#memory;
    for (let at = node * FANOUT, end = at + FANOUT; at < end; at++) {
      const next = slots[at];
      if (next !== 0) return next < 0 ? -next : this.#anyBelow(nodeOf(next));
    }
    return 0;
  }

  /** Puts a node into a slot, and into that what stood there, below which `last` is. @returns the pointer to it */
  #split(at: number, last: number, depth: number): number {
    const memory = this.#memory;
    const node = memory.addNode();
    const { slots, above } = memory;
    const next = slots[at];
    slots[at] = pointerTo(node, depth);
    if (next > 0) {
      above[node] = above[nodeOf(next)];
      above[nodeOf(next)] = 0;
      slots[node * FANOUT + this.#nibbleOf(last, depth)] = next;
    } else {
      above[node] = memory.up(last);
      this.#spread(node, depth, last, true);
    }
    return slots[at];
  }

  /** Takes a node out of the slot `from` if one thing is left in it, which can stand there itself. */
  #collapse(node: number, from: number): void {
    const memory = this.#memory;
    const { slots, above } = memory;
    let only = 0;
    for (let at = node * FANOUT, end = at + FANOUT; at < end; at++) {
      const next = slots[at];
      if (next === 0) continue;
      const hasMore = (next > 0 ? above[nodeOf(next)] : memory.up(-next)) !== 0;
      if (hasMore || (only !== 0 && only !== next)) return;
      only = next;
    }
    if (only > 0) above[nodeOf(only)] = above[node];
    else memory.setUp(-only, above[node]);
    slots[from] = only;
    memory.removeNode(node);
  }

  /** Links an entry into the slots that it has in a node, or unlinks it: one, or as many as the last bits of a prefix leave open. */
  #spread(node: number, depth: number, entry: number, isAdded: boolean): void {
    const open = Math.max(0, (depth + 1) * 4 - this.lengthOf(entry));
    const first = node * FANOUT + this.#nibbleOf(entry, depth);
    for (let at = first, end = first + (1 << open); at < end; at++) {
      if (isAdded) this.#link(at, entry);
      else this.#unlink(at, entry);
    }
  }

  #link(at: number, entry: number): void {
    const memory = this.#memory;
    const length = memory.lengthOf(entry);
    let longer = this.#headOf(at);
    if (longer === 0 || memory.lengthOf(longer) < length) {
      memory.setUp(entry, longer);
      this.#setHead(at, entry);
      return;
    }
    let next = memory.up(longer);
    for (; memory.lengthOf(next) > length; next = memory.up(longer)) longer = next;
    // Chains of several slots have a common end: the entry may be there already.
    if (next === entry) return;
    memory.setUp(entry, next);
    memory.setUp(longer, entry);
  }

  #unlink(at: number, entry: number): void {
    const memory = this.#memory;
    let longer = this.#headOf(at);
    if (longer === entry) {
      this.#setHead(at, memory.up(entry));
      return;
    }
    while (longer !== 0 && memory.up(longer) !== entry) longer = memory.up(longer);
    if (longer !== 0) memory.setUp(longer, memory.up(entry));
  }

  #headOf(at: number): number {
    const next = this.#memory.slots[at];
    return next > 0 ? this.#memory.above[nodeOf(next)] : -next;
  }

  #setHead(at: number, entry: number): void {
    const { slots, above } = this.#memory;
    if (slots[at] > 0) above[nodeOf(slots[at])] = entry;
    else slots[at] = -entry;
  }
}
