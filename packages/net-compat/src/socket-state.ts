import { core } from '@netstrata/stream-core';
import type { Connection, Transport } from '@netstrata/transport';
import type { Attempt } from './attempt.js';
import type { AddressInfo } from './endpoints.js';
import type { Socket } from './socket.js';

/** @internal */
export const state = Symbol('netstrata.socket');

export function socketState(socket: Socket): SocketState {
  return socket[state];
}

/** What a socket keeps to itself: its connection, and what is to be done once it has one. */
export class SocketState {
  readonly #socket: Socket;
  connection: Connection | null = null;
  /** The attempt under way, until it has connected or failed. */
  attempt: Attempt | null = null;
  /** What `connection` was made by; says whether it can be reset. */
  transport: Transport | null = null;
  noDelay = false;
  keepAlive = false;
  keepAliveInitialDelay = 0;
  /** There was a connection, or the wish for one: then 'close' tells whether it ended in an error. */
  opened = false;
  bytesRead = 0;
  bytesWritten = 0;
  local: AddressInfo | null = null;
  remote: AddressInfo | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  begin(attempt: Attempt): void {
    this.attempt = attempt;
    this.connection = attempt.connection;
  }

  /** The attempt has connected: the stream stands on its connection from now on. */
  connected(attempt: Attempt): void {
    const socket = this.#socket;
    this.attempt = null;
    if (socket.destroyed || !socket.connecting) {
      attempt.abandon();
      return;
    }
    socket.connecting = false;
    this.take(attempt.connection);
    socket._unrefTimer();
    this.applyOptions();
    socket.emit('connect');
    socket.emit('ready');
    // Start reading, or see the peer's end at once; nothing is consumed.
    if (socket.readable && !socket.isPaused()) socket.read(0);
  }

  take(connection: Connection): void {
    this.connection = connection;
    this.opened = true;
    this.#socket[core].attach(connection);
  }

  applyOptions(): void {
    const { connection } = this;
    if (connection === null) return;
    if (this.noDelay) connection.setNoDelay?.(true);
    if (this.keepAlive) connection.setKeepAlive?.(true, this.keepAliveInitialDelay);
  }

  /** The connection goes; what was counted stays. */
  forget(): Connection | null {
    const { connection } = this;
    if (connection === null) return null;
    this.bytesRead = connection.bytesRead;
    this.bytesWritten = connection.bytesWritten;
    this.connection = null;
    this.local = null;
    return connection;
  }

  /** For a socket that connects again after it closed. */
  restart(): void {
    this.connection = null;
    this.attempt = null;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    this.local = null;
    this.remote = null;
  }
}
