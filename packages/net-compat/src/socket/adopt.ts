import type { Transport } from '@netstrata/transport';
import { Attempt } from '../dial/attempt.js';
import { adoptBound, boundBy, BoundSocket } from '../net/bound-socket.js';
import { adopterOf, context, type NetContext } from '../net/context.js';
import { invalidHandleType } from '../args/errors.js';
import type { SocketState } from './socket-state.js';
import type { SocketFace } from '../net/socket-face.js';

/** A socket that can give its handle away: of the builtin net, or one of ours. */
interface Giver {
  _handle: unknown;
  _server?: unknown;
  read(): Uint8Array | string | null;
  pause(): unknown;
  destroy(): unknown;
}

/**
 * Gives `socket` a descriptor, a native handle, or the handle of another socket. The other socket is left
 * without one: what it had read and not given out goes over, and it closes when `socket` does, because Node's child_process counts
 * a connection that came from another process until that very socket closes.
 */
export function adopt(socket: SocketFace, socketState: SocketState, given: unknown, net: NetContext): void {
  const giver = isGiver(given) ? given : null;
  socketState.take(adopterOf(net).adoptConnection!(giver === null ? given : giver._handle));
  socketState.transport = kindOf(socketState, net);
  if (giver === null) return;
  const server = giver._server;
  giver._handle = null;
  // It is still the one that its server counts.
  giver._server = server;
  giver.pause();
  const unread: (Uint8Array | string)[] = [];
  for (let chunk = giver.read(); chunk !== null; chunk = giver.read()) unread.push(chunk);
  for (const chunk of unread.reverse()) socket.unshift(chunk);
  socket.once('close', () => giver.destroy());
}

function isGiver(given: unknown): given is Giver {
  const giver = given as Partial<Giver>;
  return typeof giver === 'object' && typeof giver.read === 'function' && typeof giver.destroy === 'function' && Boolean(giver._handle);
}

/** Gives `socket` the connection of a BoundSocket: nothing can be read or written before it connects. */
export function adoptBoundSocket(socketState: SocketState, bound: BoundSocket, net: NetContext): void {
  if (bound[context] !== net) throw invalidHandleType();
  const connection = bound[adoptBound]();
  socketState.put('bound', bound.isPipe ? 'pipe' : 'tcp');
  socketState.opened = true;
  socketState.transport = bound[boundBy];
  socketState.begin(new Attempt(connection));
}

/** What a native handle turned out to be. */
function kindOf({ connection }: SocketState, net: NetContext): Transport | null {
  return (connection?.setNoDelay === undefined ? net.ipc : net.tcp) ?? null;
}
