import { MemoryConnection } from './connection.js';

/** A connection between paths of one host. */
export class IpcConnection extends MemoryConnection {
  override readonly medium = 'ipc';

  /** There is no reset here. */
  override abort(): void {
    this.close();
  }
}
