import { engine } from '@netstrata/stream-core';
import type { Connection, DialOptions, Endpoint, Transport } from '@netstrata/transport';
import type { SocketFace } from '../net/socket-face.js';
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
  /** A connection that leads nowhere yet, where the transport has such; null where it has none. */
  open(transport: Transport): Connection | null;
  /** The socket has this attempt, and its handle, from now on. */
  begin(attempt: Attempt): void;
  /** The attempt has connected: its connection is the socket's from now on. */
  connected(attempt: Attempt): void;
  /** It follows to the handle of another attempt also where tls uses the handle. */
  readonly movesTls: boolean;
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
  dialState.begin(new Attempt(standing ?? dialState.open(transport)));
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

/** The attempt has connected. */
export function finishConnect(socket: DiallingSocket, attempt: Attempt): void {
  const dialState = socket[state];
  dialState.put('attempt', null);
  if (socket.destroyed || !socket.connecting) attempt.abandon();
  else dialState.connected(attempt);
}
