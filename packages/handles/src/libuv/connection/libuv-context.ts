import type { StreamHandle, WriteRequest } from '../../native/stream-handle.js';
import type { Bindings } from '../binding/bindings.js';
import { ReadMemory } from '../memory/read-memory.js';
import { connectionOf, onreadOf, writeComplete, type OwnedHandle } from './handle-callbacks.js';

/** Owns what all connections and listeners of a driver share: the bindings, where handles read into, a write request to use again. */
export class LibuvContext {
  readonly bindings: Bindings;
  readonly memory: ReadMemory;
  /** The function that all handles call. */
  readonly onread: NonNullable<StreamHandle['onread']>;
  /** The runtime's own `close` of handles; null where something else stands in its place already. */
  readonly nativeClose: unknown;
  /** A request that completed at once was never seen by libuv: the next write can have it. */
  #spare: WriteRequest | null = null;

  constructor(bindings: Bindings) {
    this.bindings = bindings;
    this.memory = new ReadMemory(bindings.readsInto);
    this.onread = onreadOf(bindings);
    const close = Reflect.get(bindings.TCP.prototype as object, 'close') as () => void;
    this.nativeClose = /\[native code\]/.test(Function.prototype.toString.call(close)) ? close : null;
  }

  request(): WriteRequest {
    if (this.#spare !== null) return this.#spare;
    const request = new this.bindings.WriteWrap();
    request.oncomplete = writeComplete;
    request.connection = null;
    request.chunks = null;
    this.#spare = request;
    return request;
  }

  /** The request is under way: it cannot be used again. */
  keep(request: WriteRequest): void {
    if (this.#spare === request) this.#spare = null;
  }

  lastWriteWasDone(): boolean {
    return this.bindings.streamBaseState[this.bindings.kLastWriteWasAsync] === 0;
  }

  /** Whether a connection, or a socket of Node's own, has the handle. */
  isOwned(handle: OwnedHandle): boolean {
    const key = this.bindings.owner;
    return handle[connectionOf] !== undefined || (key !== null && (handle as unknown as Record<symbol, unknown>)[key] != null);
  }

  /** What Node's own modules find as the owner of a handle: its cluster, and `process._getActiveHandles`. */
  setOwner(handle: object | null, owner: unknown): void {
    const key = this.bindings.owner;
    if (handle !== null && key !== null) (handle as Record<symbol, unknown>)[key] = owner;
  }
}
