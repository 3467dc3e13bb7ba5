import { bareClass, type DuplexOptions, type StreamClock } from '@netstrata/stream-core';
import type { Connection, Transport } from '@netstrata/transport';
import { contextOf } from './context.js';
import { streamChoice, type ServerFace } from './server-face.js';

/**
 * What a server gives the sockets that it accepts in place of options. It is one object for all of them, filled in anew for each: none of
 * the user's code runs before the socket has read what it needs.
 */
export class AcceptedOptions implements DuplexOptions {
  connection: Connection | null = null;
  /** What `connection` came by. */
  readonly transport: Transport;
  allowHalfOpen = false;
  pauseOnCreate = false;
  readableHighWaterMark = 0;
  writableHighWaterMark = 0;
  noDelay = false;
  keepAlive = false;
  keepAliveInitialDelay = 0;
  // As `initSocket` has them.
  readonly emitClose = false;
  readonly decodeStrings = false;
  readsChunks = false;
  gather = true;
  pooledReads = false;
  clock!: StreamClock;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  of(server: ServerFace, connection: Connection): this {
    this.connection = connection;
    this.allowHalfOpen = server.allowHalfOpen;
    this.pauseOnCreate = server.pauseOnConnect;
    this.readableHighWaterMark = this.writableHighWaterMark = server.highWaterMark;
    this.noDelay = server.noDelay;
    this.keepAlive = server.keepAlive;
    this.keepAliveInitialDelay = server.keepAliveInitialDelay * 1000;
    const net = contextOf(server);
    this.readsChunks = net.readsChunks;
    const choice = server[streamChoice];
    this.gather = choice?.gather ?? net.gather;
    this.pooledReads = choice?.pooledReads ?? net.pooledReads;
    this.clock = net.clock;
    return this;
  }
}

// What it does not say is not asked of Object.prototype.
bareClass(AcceptedOptions);
