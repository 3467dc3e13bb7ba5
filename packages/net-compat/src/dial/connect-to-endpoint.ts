import {
  isNameEndpoint, isPathEndpoint, systemError, type DialEndpoint, type DialOptions, type Transport,
} from '@netstrata/transport';
import { addressBlocked } from '../args/errors.js';
import { systemErrors } from '../runtime/runtime.js';
import { contextOf } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import { blockedAddress, refusalOf } from './block-rules.js';
import { finishConnect, isOfOther, isStillAt, startAttempt, type DiallingSocket } from './dialling-socket.js';

/** Connects to one endpoint: a name where the transport resolves names. */
export function connectToEndpoint(socket: DiallingSocket, transport: Transport, endpoint: DialEndpoint, near: DialOptions): void {
  const dialState = socket[state];
  const isPath = isPathEndpoint(endpoint);
  const place = placeOf(endpoint);
  const isBound = near.localAddress !== undefined || near.localPort !== undefined;
  if (!isBound && !announce(socket, place)) return;
  const blocked = isPath ? null : blockedAddress(socket.blockList, endpoint);
  if (blocked !== null) {
    socket.destroy(addressBlocked(blocked));
    return;
  }
  let isImmediate = true;
  const isStarted = startAttempt(socket, transport, endpoint, near, (settled, error) => {
    if (error === null) {
      const refusal = isNameEndpoint(endpoint) ? refusalOf(socket.blockList, endpoint, settled.connection!.remote) : null;
      if (refusal === null) finishConnect(socket, settled);
      else socket.destroy(refusal);
      return;
    }
    if (!socket.connecting) return;
    socket.connecting = false;
    // What the system refuses at once was no attempt (Node).
    if (!isImmediate && (error as { syscall?: string }).syscall === 'connect') socket.emit('connectionAttemptFailed', ...place, error);
    socket.destroy(error);
  });
  if (!isStarted) {
    const { attempt } = dialState.details;
    const code = attempt !== null && isOfOther(dialState, transport) ? 'EINVAL' : attempt === null || isPath ? 'EISCONN' : 'EALREADY';
    socket.destroy(systemError({ code, syscall: 'connect', endpoint, errors: systemErrors() }));
    return;
  }
  const { attempt } = dialState.details;
  // By the next tick the transport has told what failed at once; that a near end cannot be bound comes before there is an attempt.
  contextOf(socket).clock.nextTick(() => {
    isImmediate = false;
    if (isBound && dialState.details.attempt === attempt) announce(socket, place);
  }, undefined);
}

/** As the events of attempts tell it. A name that is resolved elsewhere is of no family. */
function placeOf(endpoint: DialEndpoint): [string, number?, number?] {
  if (isPathEndpoint(endpoint)) return [endpoint.path, undefined, undefined];
  if (isNameEndpoint(endpoint)) return [endpoint.host, endpoint.port, 0];
  return [endpoint.address, endpoint.port, endpoint.family === 'IPv6' ? 6 : 4];
}

/** False when a listener has put an end to it. */
function announce(socket: DiallingSocket, place: readonly unknown[]): boolean {
  const { attempt } = socket[state].details;
  socket.emit('connectionAttempt', ...place);
  return isStillAt(socket, attempt);
}
