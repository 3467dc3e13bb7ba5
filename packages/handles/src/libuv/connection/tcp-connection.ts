import { systemError } from '@netstrata/transport';
import type { StreamHandle } from '../../native/stream-handle.js';
import { endpointOf } from '../binding/endpoint-of.js';
import { LibuvConnection } from './libuv-connection.js';

/** Up to 1.51 (Node 20 and 22) libuv takes a reset behind bytes that were not read yet for an end. */
const hidesResets = /^1\.([0-4]?\d|5[01])\./.test(process.versions.uv);

/** A connection on a `TCP` handle. Owns what only TCP can be told. */
export class TcpConnection extends LibuvConnection {
  protected override mayHideReset(handle: StreamHandle): boolean {
    // While this side can still send, a connection that has ended has a peer, and one that was reset has none.
    return hidesResets && handle instanceof this.uv.bindings.TCP && endpointOf(handle, 'getpeername') === null;
  }

  setNoDelay(on: boolean): void {
    this.handle?.setNoDelay?.(on);
  }

  setKeepAlive(on: boolean, initialDelayMs: number, intervalMs = 0, count = 0): void {
    // A 0 among the last two makes the handle refuse all three; without them it has values of its own.
    this.handle?.setKeepAlive?.(on, Math.trunc(initialDelayMs / 1000), Math.trunc(intervalMs / 1000) || undefined, count || undefined);
  }
}

/** A connection on a `TCP` handle of a Node that can set the type of service (24 and later). */
export class MarkedTcpConnection extends TcpConnection {
  setTypeOfService(value: number): void {
    this.check(this.handle?.setTypeOfService?.(value), 'setTypeOfService');
  }

  getTypeOfService(): number {
    return this.check(this.handle?.getTypeOfService?.(), 'getTypeOfService');
  }

  private check(result: unknown, syscall: string): number {
    if (typeof result !== 'number') return 0;
    if (result < 0) throw systemError({ errno: result, errors: this.uv.bindings.errors, syscall });
    return result;
  }
}
