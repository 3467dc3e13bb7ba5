import { Duplex } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';

/** A stream of a carrier. It tells where its client is, by which ports that somebody listens on are told apart. */
export class ClientStream extends Duplex {
  readonly remoteAddress: string;
  readonly remotePort = 0;

  constructor(connection: Connection, client: string) {
    super(connection);
    this.remoteAddress = client;
  }
}
