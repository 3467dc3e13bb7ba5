import type { ByteReader } from '../byte-reader/byte-reader.js';
import type { Request } from './requests.js';

/** The results of an iterator, of one thing that was found. */
type Shape<T> = (found: T | null) => IteratorResult<T, undefined>;

/** Asks for one after another. */
type Ask = <T>(request: Request<T>, shape: Shape<T>) => Promise<IteratorResult<T, undefined>>;

/**
 * Lines or frames as they come. One call of `next` may follow another at once: they are answered in sequence. Leaving a loop over them
 * leaves the stream as it is.
 */
export class Parts<T> implements AsyncIterableIterator<T> {
  readonly #request: Request<T>;
  readonly #ask: Ask;
  #isLeft = false;

  /** @internal */
  constructor(request: Request<T>, ask: Ask) {
    this.#request = request;
    this.#ask = ask;
  }

  /** The next piece, or the end. */
  next(): Promise<IteratorResult<T, undefined>> {
    return this.#isLeft ? Promise.resolve(resultOf<T>(null)) : this.#ask(this.#request, resultOf);
  }

  /** Ends the loop. The stream stays as it is. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#isLeft = true;
    return Promise.resolve(resultOf<T>(null));
  }

  /** Itself, for `for await`. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** All that are there, in one array: for servers to which many come at once, since a turn of such a loop costs more than a line. */
  batches(): Parts<T[]> {
    return new Parts(new Batch(this.#request), this.#ask);
  }
}

class Batch<T> implements Request<T[]> {
  readonly #request: Request<T>;

  constructor(request: Request<T>) {
    this.#request = request;
  }

  take(bytes: ByteReader): T[] | null {
    const all = this.#some(bytes);
    if (all === null || bytes.length === 0) return all;
    try {
      for (let more = this.#some(bytes); more !== null; more = this.#some(bytes)) for (const one of more) all.push(one);
    } catch {
      // What comes before the one that is too long is right. That one is next, and fails again.
    }
    return all;
  }

  #some(bytes: ByteReader): T[] | null {
    const request = this.#request;
    if (request.takeSome !== undefined) return request.takeSome(bytes);
    const one = request.take(bytes);
    return one === null ? null : [one];
  }

  missing(bytes: ByteReader): number {
    return this.#request.missing(bytes);
  }

  last(bytes: ByteReader): T[] | null {
    const last = this.#request.last?.(bytes) ?? null;
    return last === null ? null : [last];
  }
}

function resultOf<T>(found: T | null): IteratorResult<T, undefined> {
  return found === null ? { done: true, value: undefined } : { done: false, value: found };
}
