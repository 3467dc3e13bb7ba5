import { channel } from 'node:diagnostics_channel';
import { bare } from '@netstrata/stream-core';
import type { InetEndpoint } from '@netstrata/transport';
import { net } from '../../native/builtin-net.js';
import { builtinOptions, IdleHandle } from '../../native/builtin-options.js';
import { ownMethodUnder } from '../../native/internals.js';
import type { ConnectComplete, ConnectRequest } from '../../native/stream-handle.js';

/**
 * Owns the entries of type 'net' that connections make for observers of `perf_hooks` (decision 16). Only Node's own sockets can make them.
 * So in a program that has loaded perf_hooks such a socket connects on a handle that does nothing. The request that it makes is
 * the one that our handle connects with. Once that has succeeded the socket's function for it is called, which makes the entry.
 */

/** Connect with `request`; call `made`, where there is one, once the connection is there. */
export interface NetEntry {
  readonly request: ConnectRequest;
  readonly made: (() => void) | null;
}

const { moduleLoadList } = process as unknown as { moduleLoadList?: readonly string[] };
const clientSockets = channel('net.client.socket');
const publishesEverySocket = Number.parseInt(process.versions.node, 10) >= 22;
type Connect = (this: object, options: object) => unknown;

/** As it was when this was loaded: what a program puts in its place is not meant for this socket, and nor is what it put there before. */
const standing: unknown = Reflect.get(net.Socket.prototype, 'connect');
/** The runtime's own; null where it is not to be had. */
let connect: Connect | null | undefined;
let modulesLoaded = 0;
let hasPerfHooks = false;

interface IdleSocket {
  readonly handle: IdleHandle;
  readonly socket: { connecting: boolean };
}

/** One that was not observed: the next connection can have it. */
let spare: IdleSocket | null = null;

/** The entry of a connection that is about to be made; null where there can be no observer. */
export function startNetEntry({ address, port, family }: InetEndpoint): NetEntry | null {
  if (!mayBeObserved()) return null;
  if (connect === undefined) connect = ownMethodUnder(standing) as Connect | null;
  if (connect === null) return null;
  const idle = spare ?? createIdleSocket();
  const { handle, socket } = idle;
  spare = null;
  // It answers inside the call, so that the socket connects before it returns.
  const lookup = (_host: string, _options: object, answer: (error: null, address: string, family: number) => void): void => {
    answer(null, address, family === 'IPv6' ? 6 : 4);
  };
  connect.call(socket, bare({ port, host: 'resolved', autoSelectFamily: false, lookup }));
  const { request } = handle;
  // The spare one outlives it, and it knows the connection.
  handle.request = null;
  if (request === null) return null;
  if (isMeasuring(socket)) {
    const complete = request.oncomplete as ConnectComplete;
    return { request, made: () => { complete.call(request, 0, handle, request, true, true); } };
  }
  socket.connecting = false;
  spare = idle;
  return { request, made: null };
}

/** Newer Nodes would publish the idle socket on `diagnostics_channel`, too: then there is no entry. */
function mayBeObserved(): boolean {
  if (!hasPerfHooks && moduleLoadList !== undefined && moduleLoadList.length !== modulesLoaded) {
    modulesLoaded = moduleLoadList.length;
    hasPerfHooks = moduleLoadList.includes('NativeModule perf_hooks');
  }
  return hasPerfHooks && !(publishesEverySocket && clientSockets.hasSubscribers);
}

function createIdleSocket(): IdleSocket {
  const handle = new IdleHandle();
  const socket = new net.Socket(builtinOptions({ handle, manualStart: true }));
  // It emits nothing, and no block list stops it: either could come from Object.prototype.
  return { handle, socket: Object.assign(socket, { emit: () => false, blockList: undefined }) };
}

/** Whether there is an observer: the socket has noted when it began. */
function isMeasuring(socket: object): boolean {
  return Object.getOwnPropertySymbols(socket).some(({ description }) => description === 'kPerfHooksNetConnectContext');
}
