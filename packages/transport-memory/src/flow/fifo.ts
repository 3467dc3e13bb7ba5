/** First in, first out. `shift` costs the same however many wait. */
export class Fifo<T> {
  /** Those before the head are gone; the array is compacted now and then. */
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** The next one; there must be one. */
  get first(): T {
    return this.#items[this.#head] as T;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Removes the next one and returns it; there must be one. */
  shift(): T {
    const item = this.first;
    // It must not stay alive for as long as the others wait.
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.clear();
    } else if (this.#head >= 64 && this.#head * 2 >= this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear(): void {
    this.#items.length = this.#head = 0;
  }
}
