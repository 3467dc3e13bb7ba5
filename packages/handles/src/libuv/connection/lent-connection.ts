import { WRITE_PENDING, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type AddressAndPort, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import type { StreamHandle } from '../../native/stream-handle.js';
import { endpointOf } from '../binding/endpoint-of.js';
import type { LibuvContext } from './libuv-context.js';

/**
 * Dials on a handle that was lent: one that tls has wrapped already. It sets nothing on the handle, reads and writes nothing, and never
 * closes it.
 */
export class LentConnection implements Connection {
  sink: ChannelSink | null = null;
  readonly bytesRead = 0;
  readonly bytesWritten = 0;
  readonly #uv: LibuvContext;
  /** Null once the handle was let go. */
  #handle: StreamHandle | null;

  constructor(uv: LibuvContext, handle: StreamHandle) {
    this.#uv = uv;
    this.#handle = handle;
  }

  get native(): unknown { return this.#handle; }
  get local(): Endpoint | null { return endpointOf(this.#handle, 'getsockname'); }
  get remote(): Endpoint | null { return endpointOf(this.#handle, 'getpeername'); }

  /** @internal */
  connecting(_remote: Endpoint): void {}

  /** @internal */
  connected(status: number, remote: Endpoint, local: AddressAndPort | null): void {
    if (this.#handle === null) return;
    if (status < 0) this.fail(status, 'connect', remote, local);
    else (this.sink as ConnectSink | null)?.onConnect();
  }

  /** @internal */
  fail(errno: number, syscall: string, endpoint?: Endpoint, local?: AddressAndPort | null, sockname?: AddressAndPort | null): void {
    if (this.#handle === null) return;
    this.#handle = null;
    this.sink?.onClose(systemError({ errno, errors: this.#uv.bindings.errors, syscall, endpoint, local, sockname }));
  }

  close(): void {
    if (this.#handle === null) return;
    this.#handle = null;
    process.nextTick(() => this.sink?.onClose(null));
  }

  abort(): void { this.close(); }
  ref(): void { this.#handle?.ref(); }
  unref(): void { this.#handle?.unref(); }
  readStart(): void {}
  readStop(): void {}
  write(): WriteStatus { return WRITE_PENDING; }
  writev(): WriteStatus { return WRITE_PENDING; }
  shutdown(): void {}
}
