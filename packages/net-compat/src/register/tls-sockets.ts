import { isIP } from '@netstrata/ip-utils';
import { bare, codedError, engine, optionOf, plainOptions } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';
import { connectInstead } from '../api/net.js';
import { checkBlockList } from '../args/address-checker.js';
import { missingArgs } from '../args/errors.js';
import { normalizeArgs, type Normalized } from '../args/normalize-args.js';
import { checkPath, checkString, limitOf } from '../args/validate.js';
import { connectToHost } from '../dial/connect.js';
import { connectToEndpoint } from '../dial/connect-to-endpoint.js';
import { limitDial } from '../dial/deadline.js';
import type { DiallingSocket } from '../dial/dialling-socket.js';
import { refusePastUs } from '../outbound/past-us.js';
import { state } from '../shared/socket-face.js';
import { context, contextOf, defaultContext, ipcOf, type NetContext } from '../shared/context.js';
import { netFor } from '../shared/routing.js';
import type { SocketFace } from '../shared/socket-face.js';
import { tellClientSocket, tellsOfEverySocket } from '../runtime/diagnostics.js';
import { descriptorIn } from '../runtime/function-classes.js';
import { isBun, type BuiltinNet } from '../runtime/runtime.js';
import { deriveSocket, Socket } from '../socket/socket.js';
import { SocketMembers } from '../socket/socket-members.js';
import type { Changes } from './changes.js';
import { guard } from './foreign.js';
import { TlsDial } from './tls-dial.js';
import { TlsWraps, type TlsSocket } from './tls-wrap.js';
import { underneath } from './wrapped.js';

type Method = (this: object, ...args: unknown[]) => unknown;
type Options = Normalized[0];

/** What of `tls.connect`'s options `net.connect` is asked with. */
const DIAL_OPTIONS = [
  'host', 'port', 'path', 'localAddress', 'localPort', 'family', 'hints', 'lookup', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout',
  'connectTimeout',  'blockList', 'noDelay', 'keepAlive', 'keepAliveInitialDelay', 'servername',
];
/** What a dialling socket emits. */
const DIAL_EVENTS = ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout'];

/**
 * A `TLSSocket` that is told to connect asks the `net.connect` and the `Socket.prototype.connect` that are in place at that time, and dials
 * through this net. It stays an object of Node's class. One that is over a socket already, or was destroyed, connects as Node has it.
 *
 * What it returns is to be called with the class, once that is there.
 */
export function dialForTls(
  changes: Changes, exports: Record<string, unknown>, original: BuiltinNet,
): (TLSSocket: new (stream: object) => TlsSocket) => void {
  let wraps: TlsWraps | null = null;
  const ofForeign = {
    connect(this: TlsSocket, ...args: unknown[]): unknown {
      if (dials(wraps) && dialsItself(this)) return dial(this, normalizeArgs(args), wraps);
      return pastUs(this, args, Reflect.get(original.Socket.prototype, 'connect') as Method);
    },
  };
  // Before programs put theirs in its place, which then are asked for TLS sockets too.
  guard(changes, Socket.prototype, ofForeign, 'connect', (value) => engine in value);
  return (TLSSocket) => {
    wraps = TlsWraps.of(original, TLSSocket);
    const prototype = TLSSocket.prototype as object;
    if (wraps !== null) replaceMethods(changes, exports, prototype, wraps);
    else if (!isBun) keepFromPassing(changes, prototype);
  };
}

function replaceMethods(changes: Changes, exports: Record<string, unknown>, prototype: object, wraps: TlsWraps): void {
  const [connect, destroy] = ['connect', '_destroy'].map((name) => descriptorIn(prototype, name)!.value as Method);
  const methods = {
    connect(this: TlsSocket, ...args: unknown[]): unknown {
      return dials(wraps) && dialsItself(this) ? askNet(this, args, exports, wraps) : pastUs(this, args, connect);
    },
    _destroy(this: TlsSocket, ...args: unknown[]): unknown {
      (this as { readonly [state]?: Pick<TlsDial, 'stop'> })[state]?.stop();
      return destroy.apply(this, args);
    },
  };
  changes.define(prototype, context, { value: defaultContext, configurable: true });
  for (const [name, value] of Object.entries(methods)) {
    // A program that came first has put its own there: that calls what it has found, and so past a policy.
    if (name === 'connect' && Object.hasOwn(prototype, name) && !defaultContext.isConfined) continue;
    changes.define(prototype, name, { value, writable: true, configurable: true, enumerable: true });
  }
}

/** Where tools are in the way of dials on handles, as Node has it: they see it so. That would be past a policy. */
function dials(wraps: TlsWraps | null): wraps is TlsWraps {
  return wraps !== null && (wraps.dialsOnHandles || defaultContext.isConfined);
}

/** Where nothing is known of the inside of Node's TLS sockets they connect as Node has it, or not at all. */
function keepFromPassing(changes: Changes, prototype: object): void {
  const connect = descriptorIn(prototype, 'connect')!.value as Method;
  const value = function (this: object, ...args: unknown[]): unknown {
    return pastUs(this, args, connect);
  };
  changes.define(prototype, 'connect', { value, writable: true, configurable: true, enumerable: true });
}

/** By the builtin, whose dials no policy and no route of ours sees: not where the process has one. */
function pastUs(socket: object, args: unknown[], connect: Method): unknown {
  return defaultContext.isConfined ? refusePastUs(socket, args, underneath(connect)) : connect.apply(socket, args);
}

/** It is a client's, and has made its own handle. */
function dialsItself(socket: TlsSocket): boolean {
  const { destroyed, _handle: wrap, _parent: parent, _tlsOptions: options } = socket;
  return !destroyed && wrap != null && wrap._parentWrap == null && !parent && options !== undefined && options.isServer !== true;
}

function askNet(socket: TlsSocket, args: unknown[], exports: Record<string, unknown>, wraps: TlsWraps): TlsSocket {
  const [options, callback] = normalizeArgs(args);
  // It is for this socket: a function in place of `connect` may answer with another.
  if (callback !== null) socket.once('connect', callback);
  let hasBegun = false;
  const instead = (normalized: unknown): Socket => {
    hasBegun = true;
    return ((exports['Socket'] as typeof Socket).prototype.connect as Method).call(socket, normalized) as Socket;
  };
  const given = DIAL_OPTIONS.map((name) => [name, optionOf(options, name)] as const).filter(([, value]) => value !== undefined);
  const asked = plainOptions(Object.fromEntries(given), DIAL_OPTIONS);
  connectInstead.set(asked, instead);
  const stream = (exports['connect'] as (options: object) => unknown)(asked);
  if (hasBegun || stream === socket) return socket;
  if (typeof (stream as Partial<SocketFace> | null | undefined)?.on !== 'function') {
    throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', 'Expected a socket to be returned from the "net.connect" function');
  }
  tellDial(socket, stream as SocketFace);
  putOver(socket, stream as SocketFace, wraps);
  return socket;
}

function tellDial(socket: TlsSocket, stream: SocketFace): void {
  for (const name of DIAL_EVENTS) stream.on(name, (...args: unknown[]) => socket.emit(name, ...args));
}

function putOver(socket: TlsSocket, stream: SocketFace, wraps: TlsWraps): void {
  const ready = (): void => {
    socket._unrefTimer();
    socket.emit('ready');
  };
  const isConnected = !stream.connecting;
  socket.connecting = true;
  wraps.putOver(socket, stream);
  if (!isConnected) {
    stream.once('connect', ready);
  } else if (engine in stream && stream._handle === null) {
    // It tells tls once more (socket/tls-over-streams.ts).
    socket.once('connect', ready);
  } else {
    contextOf(socket).clock.nextTick(() => {
      if (socket.destroyed) return;
      socket.connecting = false;
      socket.emit('connect');
      ready();
    }, undefined);
  }
}

/** `Socket.prototype.connect` for a TLS socket. */
function dial(socket: TlsSocket, [options, callback]: Normalized, wraps: TlsWraps): TlsSocket {
  if (tellsOfEverySocket) tellClientSocket(socket);
  if (callback !== null) socket.once('connect', callback);
  const { path, port, host, blockList, connectTimeout } = options;
  if (port === undefined && path == null) throw missingArgs();
  const limit = limitOf(connectTimeout, 'options.connectTimeout');
  if (blockList) {
    checkBlockList(blockList, 'options.blockList');
    socket.blockList = blockList;
  }
  const net = netFor(socket, deriveSocket);
  socket._unrefTimer();
  socket.connecting = true;
  if (!wraps.dialsOnHandles || !isOverHandles(net, socket, options)) {
    dialBelow(socket, options, net, wraps);
    return socket;
  }
  Object.defineProperty(socket, state, bare({ value: new TlsDial(socket, wraps), writable: true, configurable: true }));
  const dialling = socket as unknown as DiallingSocket;
  if (path) {
    checkString(path, 'options.path');
    checkPath(path);
    connectToEndpoint(dialling, ipcOf(net), { path }, bare({}));
  } else {
    connectToHost(dialling, options);
  }
  if (limit > 0) limitDial(dialling, limit, { host, port, path });
  return socket;
}

/** Whether the net dials there with handles like the one that the socket has. */
function isOverHandles(net: NetContext, socket: TlsSocket, options: Options): boolean {
  const isPath = Boolean(options['path']);
  const transport = isPath ? net.ipc : tcpTo(net, options);
  const isPipe = socket._handle!._parent.setNoDelay === undefined;
  return transport?.capabilities.lend === true && isPipe === isPath;
}

/** By which transport a TLS socket's connection goes; null where that depends on the address of a name: its own sockets find out. */
function tcpTo({ routes, tcp }: NetContext, options: Options): Transport | null | undefined {
  if (routes === null) return tcp;
  const host = options['host'] || 'localhost';
  const port = Number(options['port']);
  // What is no host and no port is told as ever.
  if (typeof host !== 'string' || !(port >= 0)) return tcp;
  return isIP(host) === 0 ? routes.ofName(host, port) : routes.ofAddress(host, port, host);
}

/** A socket of the net dials. Tls is put over it once it is connected: only then is it known which handle it has, if it has one. */
function dialBelow(socket: TlsSocket, options: Options, net: NetContext, wraps: TlsWraps): void {
  const { noDelay, keepAlive, keepAliveInitialDelay, blockList } = options;
  const stream = new net.Socket(bare({ allowHalfOpen: socket.allowHalfOpen, noDelay, keepAlive, keepAliveInitialDelay, blockList }));
  // What stands in the place of that was asked for the TLS socket; and a tool's might move this one to another handle, which tls cannot.
  SocketMembers.prototype.connect.call(stream as unknown as SocketMembers, options);
  socket._host = stream._host;
  tellDial(socket, stream);
  const failed = (error: Error): void => {
    socket.destroy(error);
  };
  stream.on('error', failed);
  stream.once('connect', () => {
    stream.removeListener('error', failed);
    putOver(socket, stream, wraps);
  });
  const stop = (): void => {
    if (stream.connecting) stream.destroy();
  };
  Object.defineProperty(socket, state, bare({ value: { stop }, writable: true, configurable: true }));
}
