import { bare, codedError, engine, optionOf, plainOptions } from '@netstrata/stream-core';
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
import type { BuiltinNet } from '../runtime/runtime.js';
import { Socket } from '../socket/socket.js';
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
      if (wraps !== null && dialsItself(this)) return dial(this, normalizeArgs(args), wraps);
      return pastUs(this, args, Reflect.get(original.Socket.prototype, 'connect') as Method);
    },
  };
  // Before programs put theirs in its place, which then are asked for TLS sockets too.
  guard(changes, Socket.prototype, ofForeign, 'connect', (value) => engine in value);
  return (TLSSocket) => {
    wraps = TlsWraps.of(original, TLSSocket);
    if (wraps !== null) replaceMethods(changes, exports, TLSSocket.prototype as object, wraps);
  };
}

function replaceMethods(changes: Changes, exports: Record<string, unknown>, prototype: object, wraps: TlsWraps): void {
  const [connect, destroy] = ['connect', '_destroy'].map((name) => descriptorIn(prototype, name)!.value as Method);
  const methods = {
    connect(this: TlsSocket, ...args: unknown[]): unknown {
      return dialsItself(this) ? askNet(this, args, exports, wraps) : pastUs(this, args, connect);
    },
    _destroy(this: TlsSocket, ...args: unknown[]): unknown {
      (this as { readonly [state]?: TlsDial })[state]?.stop();
      return destroy.apply(this, args);
    },
  };
  changes.define(prototype, context, { value: defaultContext, configurable: true });
  for (const [name, value] of Object.entries(methods)) {
    // A program that came first has put its own there: that calls what it has found.
    if (name === 'connect' && Object.hasOwn(prototype, name)) continue;
    changes.define(prototype, name, { value, writable: true, configurable: true, enumerable: true });
  }
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
  putOver(socket, stream as SocketFace, wraps);
  return socket;
}

function putOver(socket: TlsSocket, stream: SocketFace, wraps: TlsWraps): void {
  for (const name of DIAL_EVENTS) stream.on(name, (...args: unknown[]) => socket.emit(name, ...args));
  socket.connecting = true;
  wraps.putOver(socket, stream);
  let isReady = false;
  const ready = (): void => {
    isReady = true;
    socket._unrefTimer();
    socket.emit('ready');
  };
  stream.once('connect', ready);
  if (stream.connecting) return;
  // It will not say so any more.
  contextOf(socket).clock.nextTick(() => {
    if (isReady || socket.destroyed) return;
    socket.connecting = false;
    socket.emit('connect');
    ready();
  }, undefined);
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
  const net = netFor(socket);
  socket._unrefTimer();
  socket.connecting = true;
  if (!isOverHandles(net, socket, options)) {
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

/** Whether the net dials with handles like the one that the socket has. With routes that depends on the place: its own sockets find out. */
function isOverHandles(net: NetContext, socket: TlsSocket, { path }: Options): boolean {
  if (!path && net.routes !== null) return false;
  const transport = path ? net.ipc : net.tcp;
  const isPipe = socket._handle!._parent.setNoDelay === undefined;
  return transport?.capabilities.lend === true && isPipe === Boolean(path);
}

/** A socket of the net dials, and tls is put over it. */
function dialBelow(socket: TlsSocket, options: Options, net: NetContext, wraps: TlsWraps): void {
  const { noDelay, keepAlive, keepAliveInitialDelay, blockList } = options;
  const stream = new net.Socket(bare({ allowHalfOpen: socket.allowHalfOpen, noDelay, keepAlive, keepAliveInitialDelay, blockList }));
  (stream as unknown as { connect(options: object): void }).connect(options);
  socket._host = stream._host;
  putOver(socket, stream, wraps);
}
