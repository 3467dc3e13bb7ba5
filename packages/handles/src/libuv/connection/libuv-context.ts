import type { Bindings, StreamHandle, WriteRequest } from '../binding/bindings.js';

/** What all connections of a driver share: the bindings, the function that handles call, a write request to use again. */
export class HandleTools {
  readonly bindings: Bindings;
  /** Made with the first connection that reads. */
  onread: NonNullable<StreamHandle['onread']> | null = null;
  /** A request that completed at once was never seen by libuv: the next write can have it. */
  #spare: WriteRequest | null = null;
  readonly #onwrite: NonNullable<WriteRequest['oncomplete']>;

  constructor(bindings: Bindings, onwrite: NonNullable<WriteRequest['oncomplete']>) {
    this.bindings = bindings;
    this.#onwrite = onwrite;
  }

  request(): WriteRequest {
    if (this.#spare !== null) return this.#spare;
    const request = new this.bindings.WriteWrap();
    request.oncomplete = this.#onwrite;
    request.connection = null;
    request.chunks = null;
    this.#spare = request;
    return request;
  }

  /** The request is under way: it cannot be used again. */
  keep(request: WriteRequest): void {
    if (this.#spare === request) this.#spare = null;
  }

  /** Whom Node's own modules take for the owner of a handle: its cluster, and `process._getActiveHandles`. */
  setOwner(handle: object | null, owner: unknown): void {
    const key = this.bindings.owner;
    if (handle !== null && key !== null) (handle as Record<symbol, unknown>)[key] = owner;
  }

  lastWriteWasDone(): boolean {
    return this.bindings.streamBaseState[this.bindings.kLastWriteWasAsync] === 0;
  }
}
