import { engine } from '@netstrata/stream-core';
import type { Connection, DialOptions, Endpoint, Transport } from '@netstrata/transport';
import type { SocketFace } from '../net/socket-face.js';
import { markSocket } from '../runtime/thread-moves.js';
import { Attempt, type Settled } from './attempt.js';

/** @internal Where a socket keeps its state. */
export const state = Symbol('netstrata.socket');

/** What dialling stores with the socket. */
export interface DialState {
  /** The attempt under way; for a socket that was made of a BoundSocket, there from the beginning. */
  attempt: Attempt | null;
  connection: Connection | null;
  /** What kind of BoundSocket this socket was made of, until it starts over. */
  readonly bound: 'tcp' | 'pipe' | null;
  /** The socket's signal was aborted. */
  readonly isAborted: boolean;
  /** The socket has this attempt, and its handle, from now on. */
  begin(attempt: Attempt): void;
  /** The stream has this connection from now on. */
  take(connection: Connection): void;
  /** The options that were set before there was a connection. */
  applyOptions(): void;
}

/** A socket that connects. */
export interface DiallingSocket extends SocketFace {
  readonly [state]: DialState;
}

/** A handle to connect with, from the call of `connect` on: tls, `ref` and programs that look for it find it there. */
export function openAttempt(socket: DiallingSocket, transport: Transport): void {
  const own = socket[state];
  const standing = own.connection;
  if (own.attempt !== null || (standing !== null && transport.open === undefined)) return;
  if (standing !== null) {
    standing.readStop();
    socket[engine].detach();
  }
  own.begin(new Attempt(standing ?? transport.open?.() ?? null));
}

/** Lets the socket's attempt connect to one endpoint. False when it goes elsewhere already, or there is a connection. */
export function startAttempt(
  socket: DiallingSocket, transport: Transport, endpoint: Endpoint, near: DialOptions, settled: Settled,
): boolean {
  openAttempt(socket, transport);
  const own = socket[state];
  const { attempt } = own;
  if (attempt === null || (attempt.dialled && transport.open === undefined)) return false;
  attempt.start(transport, endpoint, near, settled);
  if (attempt.connection !== own.connection) own.begin(attempt);
  return true;
}

/** Whether the socket is still at this attempt: a listener, or anyone meanwhile, may have destroyed it, or made it connect elsewhere. */
export function isStillAt(socket: DiallingSocket, attempt: Attempt | null): boolean {
  return socket.connecting && socket[state].attempt === attempt;
}

/** The attempt has connected: the stream has its connection from now on. */
export function finishConnect(socket: DiallingSocket, attempt: Attempt): void {
  const own = socket[state];
  own.attempt = null;
  if (socket.destroyed || !socket.connecting) {
    attempt.abandon();
    return;
  }
  socket.connecting = false;
  own.take(attempt.connection!);
  socket._unrefTimer();
  own.applyOptions();
  socket.emit('connect');
  socket.emit('ready');
  // Start reading, or see the peer's end at once; nothing is consumed.
  if (!socket.isPaused()) socket.read(0);
  else markSocket(socket);
}
