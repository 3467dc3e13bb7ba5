/** Slots of a node: one for each value of four bits. */
export const FANOUT = 16;

function enlarged(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

const half = (count: number): number => count + (count >> 1);

/**
 * The memory of one trie: nodes and entries as numbers in arrays that grow by half when they are full, 68 bytes for a node, and for an
 * entry its address and eight more. What is given back is used first. Entry 0 stands for none; node 0 is the root.
 */
export class TrieMemory {
  /** By node, `FANOUT` each. 0: nothing. Below zero: minus the entry with the longest prefix there. Above: a pointer to a node. */
  slots = new Int32Array(8 * FANOUT);
  /** By node: the longest entry of the slot that the node took, or 0. */
  above = new Int32Array(8);
  /** By entry, `words` each, side by side because a search needs all of it: the address, its bits in the prefix, and what `up` says. */
  entries: Int32Array<ArrayBuffer>;
  /** The same as bytes. */
  bytes: Uint8Array;
  /** Of an entry. */
  readonly words: number;
  #nodes = 1;
  #used = 1;
  #freeNode = 0;
  #freeEntry = 0;

  /** @param width bytes of an address */
  constructor(width: 4 | 16) {
    this.words = width / 4 + 2;
    this.entries = new Int32Array(8 * this.words);
    this.bytes = new Uint8Array(this.entries.buffer);
  }

  lengthOf(entry: number): number {
    return this.entries[(entry + 1) * this.words - 2];
  }

  /** The next shorter entry in the same slots, or 0. */
  up(entry: number): number {
    return this.entries[(entry + 1) * this.words - 1];
  }

  setUp(entry: number, to: number): void {
    this.entries[(entry + 1) * this.words - 1] = to;
  }

  addNode(): number {
    const free = this.#freeNode;
    if (free !== 0) {
      this.#freeNode = this.slots[free * FANOUT];
      this.slots[free * FANOUT] = 0;
      return free;
    }
    if (this.#nodes === this.above.length) {
      this.above = enlarged(this.above, half(this.#nodes));
      this.slots = enlarged(this.slots, this.above.length * FANOUT);
    }
    return this.#nodes++;
  }

  removeNode(node: number): void {
    this.slots.fill(0, node * FANOUT, (node + 1) * FANOUT);
    this.above[node] = 0;
    this.slots[node * FANOUT] = this.#freeNode;
    this.#freeNode = node;
  }

  addEntry(bytes: Uint8Array, length: number): number {
    const entry = this.#freeEntry === 0 ? this.#nextEntry() : this.#freeEntry;
    if (entry === this.#freeEntry) this.#freeEntry = this.up(entry);
    this.bytes.set(bytes, entry * this.words * 4);
    this.entries[(entry + 1) * this.words - 2] = length;
    this.setUp(entry, 0);
    return entry;
  }

  removeEntry(entry: number): void {
    this.setUp(entry, this.#freeEntry);
    this.#freeEntry = entry;
  }

  #nextEntry(): number {
    if (this.#used * this.words === this.entries.length) {
      this.entries = enlarged(this.entries, half(this.#used) * this.words);
      this.bytes = new Uint8Array(this.entries.buffer);
    }
    return this.#used++;
  }
}
