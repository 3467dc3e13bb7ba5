import { engine } from '@netstrata/stream-core';
import type { Connection, DialEndpoint, DialOptions, Transport } from '@netstrata/transport';
import type { Timer } from '../runtime/clock.js';
import { baseOf } from '../shared/context.js';
import { state, type SocketFace } from '../shared/socket-face.js';
import { Attempt, type Settled } from './attempt.js';

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
  /** What `connection` was made by, or is to be. */
  transport: Transport | null;
  /** The socket's signal was aborted. */
  readonly isAborted: boolean;
  /** A connection that leads nowhere yet, where the transport has such; null where it has none. */
  open(transport: Transport): Connection | null;
  /** The socket has this attempt, and its handle, from now on. */
  begin(attempt: Attempt): void;
  /** One more connection is on its way to become the socket's. */
  join(connection: Connection): void;
  /** Stops the time that the whole dial has, while that runs. */
  deadline: Timer | null;
  /** The attempt has connected: its connection is the socket's from now on. */
  connected(attempt: Attempt): void;
  /** It follows to the handle of another attempt also where tls uses the handle. */
  readonly movesTls: boolean;
}

/** A socket that connects. */
export interface DiallingSocket extends SocketFace {
  readonly [state]: DialState;
}

/**
 * A handle to connect with, from the call of `connect` on: tls, `ref` and programs that look for it find it there. None yet where it is not
 * known what will carry the connection.
 */
export function openAttempt(socket: DiallingSocket, transport: Transport | null): void {
  const dialState = socket[state];
  const standing = dialState.connection;
  if (dialState.details.attempt?.isBetween === false) return;
  if (standing !== null) {
    if (transport?.open === undefined || isOfOther(dialState, transport)) return;
    standing.readStop();
    socket[engine].detach();
  }
  dialState.transport = transport;
  dialState.begin(new Attempt(standing ?? (transport === null ? null : dialState.open(transport))));
}

/** Lets the socket's attempt connect to one endpoint. False when it goes elsewhere already, or there is a connection. */
export function startAttempt(
  socket: DiallingSocket, transport: Transport, endpoint: DialEndpoint, near: DialOptions, settled: Settled,
): boolean {
  openAttempt(socket, transport);
  const dialState = socket[state];
  const { attempt } = dialState.details;
  if (attempt === null || (attempt.dialled && transport.open === undefined) || isOfOther(dialState, transport)) return false;
  dialState.transport = transport;
  attempt.start(transport, endpoint, near, settled);
  if (attempt.connection !== dialState.connection) dialState.begin(attempt);
  return true;
}

/** Whether there is a connection, and of another transport: this one could not go on with it. */
export function isOfOther(dialState: DialState, transport: Transport): boolean {
  const { connection, transport: by } = dialState;
  return connection !== null && by !== null && by !== transport && baseOf(by) !== baseOf(transport);
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
