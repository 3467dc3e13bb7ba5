import { bareClass, type DuplexOptions, type StreamClock } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';
import { contextOf } from './context.js';
import type { Server } from '../server/server.js';

/** @internal Where a server keeps what it was told of its sockets' streams, if it was told anything. */
export const streamChoice = Symbol('netstrata.streamChoice');

export interface StreamChoice {
  readonly gather: boolean | undefined;
  readonly pooledReads: boolean | undefined;
}

/**
 * What a server gives the sockets that it accepts in place of options. It is one object for all of them, filled in anew for each: nothing of the
 * user's runs before the socket has taken what it needs.
 */
export class AcceptedOptions implements DuplexOptions {
  connection: Connection | null = null;
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

  of(server: Server, connection: Connection): this {
    this.connection = connection;
    this.allowHalfOpen = server.allowHalfOpen;
    this.pauseOnCreate = server.pauseOnConnect;
    this.readableHighWaterMark = this.writableHighWaterMark = server.highWaterMark;
    this.noDelay = server.noDelay;
    this.keepAlive = server.keepAlive;
    this.keepAliveInitialDelay = server.keepAliveInitialDelay * 1000;
    const net = contextOf(server);
    this.readsChunks = net.readsChunks;
    const own = server[streamChoice];
    this.gather = own?.gather ?? net.gather;
    this.pooledReads = own?.pooledReads ?? net.pooledReads;
    this.clock = net.clock;
    return this;
  }
}

// What it does not say is not asked of Object.prototype.
bareClass(AcceptedOptions);
