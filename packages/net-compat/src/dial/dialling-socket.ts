import { engine } from '@netstrata/stream-core';
import type { Connection, DialOptions, Endpoint, Transport } from '@netstrata/transport';
import type { SocketFace } from '../net/socket-face.js';
import { markSocket } from '../runtime/thread-moves.js';
import { Attempt, type Settled } from './attempt.js';

/** @internal Where a socket keeps its state. */
export const state = Symbol('netstrata.socket');

export interface DialDetails {
  /** On the way from `connect` to a connection; for a socket that was made of a BoundSocket, there from the beginning. */
  readonly attempt: Attempt | null;
  /** What kind of BoundSocket this socket was made of, until it starts over. */
  readonly bound: 'tcp' | 'pipe' | null;
}

/** What dialling stores with the socket. */
export interface DialState {
  readonly details: DialDetails;
  put(key: 'attempt', attempt: Attempt | null): void;
  connection: Connection | null;
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
  const dialState = socket[state];
  const standing = dialState.connection;
  if (dialState.details.attempt !== null || (standing !== null && transport.open === undefined)) return;
  if (standing !== null) {
    standing.readStop();
    socket[engine].detach();
  }
  dialState.begin(new Attempt(standing ?? transport.open?.() ?? null));
}

/** Lets the socket's attempt connect to one endpoint. False when it goes elsewhere already, or there is a connection. */
export function startAttempt(
  socket: DiallingSocket, transport: Transport, endpoint: Endpoint, near: DialOptions, settled: Settled,
): boolean {
  openAttempt(socket, transport);
  const dialState = socket[state];
  const { attempt } = dialState.details;
  if (attempt === null || (attempt.dialled && transport.open === undefined)) return false;
  attempt.start(transport, endpoint, near, settled);
  if (attempt.connection !== dialState.connection) dialState.begin(attempt);
  return true;
}

/** Whether the socket is still at this attempt: a listener, or anyone meanwhile, may have destroyed it, or made it connect elsewhere. */
export function isStillAt(socket: DiallingSocket, attempt: Attempt | null): boolean {
  return socket.connecting && socket[state].details.attempt === attempt;
}

/** The attempt has connected: the stream has its connection from now on. */
export function finishConnect(socket: DiallingSocket, attempt: Attempt): void {
  const dialState = socket[state];
  dialState.put('attempt', null);
  if (socket.destroyed || !socket.connecting) {
    attempt.abandon();
    return;
  }
  socket.connecting = false;
  dialState.take(attempt.connection!);
  socket._unrefTimer();
  dialState.applyOptions();
  socket.emit('connect');
  socket.emit('ready');
  // Start reading, or see the peer's end at once; nothing is consumed.
  if (!socket.isPaused()) socket.read(0);
  else markSocket(socket);
}
