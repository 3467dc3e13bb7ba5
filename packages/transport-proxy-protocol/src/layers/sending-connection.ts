import { describe, isError } from '@netstrata/stream-core';
import type { Connection, ConnectSink } from '@netstrata/transport';
import { LayerConnection } from '@netstrata/transport/layers';
import { badHeader } from './send.js';

/** A connection that is dialled: the header is the first that is said on it. */
export class SendingConnection extends LayerConnection {
  readonly #header: (below: Connection) => Uint8Array;

  /** @param header the bytes to send, once the connection below stands */
  constructor(sink: ConnectSink, header: (below: Connection) => Uint8Array) {
    super(sink);
    this.#header = header;
  }

  protected override connected(): void {
    let header: Uint8Array;
    try {
      header = this.#header(this.below!);
    } catch (error) {
      this.fail(isError(error) ? error : badHeader(`The "options.header" function has thrown ${describe(error)}`));
      return;
    }
    this.send(header);
    this.opened();
  }

  /** Nothing is read before it is the caller's. */
  protected override ended(): void {}
}
