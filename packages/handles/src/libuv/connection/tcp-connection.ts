import { systemError } from '@netstrata/transport';
import { LibuvConnection } from './libuv-connection.js';

/** A connection on a `TCP` handle. Owns what only TCP can be told. */
export class TcpConnection extends LibuvConnection {
  setNoDelay(on: boolean): void {
    this.handle?.setNoDelay!(on);
  }

  setKeepAlive(on: boolean, initialDelayMs: number, intervalMs = 0, count = 0): void {
    // A 0 among the last two makes the handle refuse all three; without them it has values of its own.
    this.handle?.setKeepAlive!(on, Math.trunc(initialDelayMs / 1000), Math.trunc(intervalMs / 1000) || undefined, count || undefined);
  }
}

/** A connection on a `TCP` handle of a Node that can set the type of service (24 and later). */
export class MarkedTcpConnection extends TcpConnection {
  setTypeOfService(value: number): void {
    this.check(this.handle?.setTypeOfService!(value) ?? 0, 'setTypeOfService');
  }

  getTypeOfService(): number {
    return this.check(this.handle?.getTypeOfService!() ?? 0, 'getTypeOfService');
  }

  private check(result: number, syscall: string): number {
    if (result < 0) throw systemError({ errno: result, errors: this.uv.bindings.errors, syscall });
    return result;
  }
}
