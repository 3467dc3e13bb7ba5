import { bare, descriptorOf, engine } from '@netstrata/stream-core';
import { isPathEndpoint, type Endpoint, type Transport } from '@netstrata/transport';
import { inet } from '../args/endpoints.js';
import { Attempt } from '../dial/attempt.js';
import { startAttempt } from '../dial/dialling-socket.js';
import { adoptBound, boundBy, BoundSocket } from '../shared/bound-socket.js';
import { adopterOf, context, contextOf, ipcOf, known, transportTo, type NetContext } from '../shared/context.js';
import { invalidHandleType } from '../args/errors.js';
import { builtinNet } from '../runtime/runtime.js';
import type { SocketState } from './socket-state.js';
import type { SocketFace } from '../shared/socket-face.js';

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

/*
 * The builtin's `connect`, called on one of our sockets: a function that was put in its place before `register` calls it, and has no other.
 * It makes a handle, sets it as `_handle`, resolves the host and tells the handle where to go. There our net takes over, and the builtin
 * hears from it what came of it. It does the rest on the socket, as on one of its own.
 */

interface ConnectRequest {
  oncomplete?(status: number, handle: unknown, request: ConnectRequest, readable: boolean, writable: boolean): void;
}

interface DialHandle {
  readonly fd?: number;
  connect: unknown;
  connect6: unknown;
  readonly onread?: unknown;
}

/** Whether a handle has yet to be told where to go: it has no descriptor, as handles on Windows never have, and nobody reads from it. */
export function isUnused(handle: unknown): handle is DialHandle {
  const { fd, connect, onread } = handle as Partial<DialHandle>;
  return typeof connect === 'function' && fd === -1 && typeof onread !== 'function';
}

/** What was put on a handle so that our net dials; it is gone once it has been called, or the handle is no longer the socket's. */
const dials = new WeakSet<object>();

function dialsAsTold(handle: object): void {
  for (const name of ['connect', 'connect6'] as const) {
    const put: unknown = descriptorOf(handle, name)?.value;
    if (typeof put === 'function' && dials.has(put)) Reflect.deleteProperty(handle, name);
  }
}

/** Whatever attempt the socket was at is none of its business from now on. */
export function undial(state: SocketState): void {
  const { attempt } = state.details;
  if (attempt === null) return;
  const handle = attempt.connection?.native;
  if (typeof handle === 'object' && handle !== null) dialsAsTold(handle);
  attempt.abandon();
  state.put('attempt', null);
}

/** The socket has this handle from now on, and goes where that is told to go. */
export function dialWith(socket: SocketFace, state: SocketState, handle: DialHandle): void {
  const net = contextOf(socket);
  // It has just put its own `write` there.
  const builtinWrite: unknown = Reflect.get(builtinNet!.Socket.prototype, 'write');
  if (Object.hasOwn(socket, 'write') && socket.write === builtinWrite) Reflect.deleteProperty(socket, 'write');
  const life = socket[engine];
  if (!socket.connecting && life.gone) {
    life.restart();
    state.restart();
  } else if (!socket.connecting) {
    life.reopen();
  }
  state.opened = true;
  state.begin(new Attempt(adopterOf(net).adoptConnection!(handle)));
  const dial = (request: ConnectRequest, to: Endpoint): number => {
    dialsAsTold(handle);
    state.transport = isPathEndpoint(to) ? ipcOf(net) : known(transportTo(net, to.address, to.port), `${to.address}:${to.port}`);
    const started = startAttempt(socket as never, state.transport, to, bare({}), (attempt, error) => {
      state.put('attempt', null);
      if (error === null && !socket.destroyed) {
        const connection = attempt.connection!;
        state.take(connection);
        state.applyOptions();
        // Which takes the reading back: the builtin has put there what its own sockets read with.
        const isHeld = (connection.native as { hasRef?(): boolean } | null)?.hasRef?.() !== false;
        connection.ref();
        if (!isHeld) connection.unref();
      }
      const status = error === null ? 0 : ((error as { errno?: number }).errno ?? -1);
      request.oncomplete?.(status, handle, request, status === 0, status === 0);
    });
    return started ? 0 : -1;
  };
  const replace = (name: 'connect' | 'connect6', family: number): void => {
    if (descriptorOf(handle, name) !== undefined) return;
    const value = (request: ConnectRequest, address: string, port?: number): number =>
      dial(request, port === undefined ? { path: address } : inet(address, port, family));
    dials.add(value);
    Object.defineProperty(handle, name, bare({ value, writable: true, configurable: true }));
  };
  replace('connect', 4);
  replace('connect6', 6);
}
