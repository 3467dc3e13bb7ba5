/** Lines or frames as they come. One call of `next` may follow another at once: they are answered in sequence. */
export class Parts<T> implements AsyncIterableIterator<T> {
  readonly #ask: (shape: (found: T | null) => IteratorResult<T, undefined>) => Promise<IteratorResult<T, undefined>>;
  #isLeft = false;

  /** @internal */
  constructor(ask: (shape: (found: T | null) => IteratorResult<T, undefined>) => Promise<IteratorResult<T, undefined>>) {
    this.#ask = ask;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return this.#isLeft ? Promise.resolve(resultOf<T>(null)) : this.#ask(resultOf);
  }

  /** Leaves the loop, and the stream as it is. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#isLeft = true;
    return Promise.resolve(resultOf<T>(null));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function resultOf<T>(found: T | null): IteratorResult<T, undefined> {
  return found === null ? { done: true, value: undefined } : { done: false, value: found };
}
