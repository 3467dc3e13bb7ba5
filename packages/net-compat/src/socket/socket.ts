import {
  bare, defaultMethods, defaultMethodsOf, EventEmitter, initDuplex, invalidArgValue, optionsOf, type AnyListener,
} from '@netstrata/stream-core';
import { checkSignal } from '../args/signals.js';
import { destroyOnAbort } from './destroy-on-abort.js';
import { state } from '../shared/socket-face.js';
import { AcceptedOptions } from '../shared/accepted-options.js';
import { adopt, adoptBoundSocket } from './adopt.js';
import { BoundSocket } from '../shared/bound-socket.js';
import { checkBlockList } from '../args/address-checker.js';
import { construct, inherit, isInstance, standIn } from '../runtime/function-classes.js';
import { context, contextOf, defaultContext, highWaterMarkOf, type NetContext } from '../shared/context.js';
import { showEvents } from '../runtime/debug.js';
import { initEmitter } from '../runtime/event-table.js';
import { builtinNet } from '../runtime/runtime.js';
import { keepAliveOf } from '../args/keep-alive.js';
import { netFor } from '../shared/routing.js';
import { nodesClasses } from '../shared/nodes-classes.js';
import { SocketMembers } from './socket-members.js';
import type { KnownFacts } from '@netstrata/transport';
import type { ConnectOptions, KeepAliveOptions, SocketOptions } from './socket-options.js';
import { SocketState } from './socket-state.js';
import type { SocketOfNode, SocketStatics } from '../types/node-types.js';
import type { SocketEventMap } from '../types/socket-events.js';
import { tellTls } from './tls-over-streams.js';
import { markSocket } from '../runtime/thread-moves.js';
import { isOnRead, type OnReadOptions } from './user-buffer.js';
import { checkByte, checkInt32, checkNumber } from '../args/validate.js';
import { onReadableStreamEnd } from './ended-by-peer.js';

const NO_OPTIONS = bare({});

/** What is refused, also where a class of options has it. */
const MODES = ['objectMode', 'readableObjectMode', 'writableObjectMode', 'keepAliveInitialDelay'] as const;

type SocketInit = SocketOptions & { objectMode?: unknown; readableObjectMode?: unknown; writableObjectMode?: unknown };

/** What @types/node declares for its version, where it is installed: such a socket is one of `node:net`, and the other way round. */
type Declared = SocketOfNode<SocketMembers>;

/** What an older @types/node does not have: its sockets may lack it. */
interface Recent {
  setTypeOfService?(value: number): this;
  getTypeOfService?(): number;
}

type Missing = Declared extends Required<Recent> ? object : Recent;

/**
 * `net.Socket`: a connection, or the way to one (https://nodejs.org/api/net.html#class-netsocket). A `Duplex` of bytes besides, so that
 * everything that Node's streams have is there. Where a program has @types/node, it is declared to be a socket of `node:net` too.
 */
export interface Socket extends Declared, Missing, KnownFacts {
  /** Connects to what the options say. The listener is added to 'connect' for one time. What fails comes as 'error'. */
  connect(options: ConnectOptions, listener?: () => void): this;
  connect(port: number | string, host?: string, listener?: () => void): this;
  connect(port: number | string, listener?: () => void): this;
  connect(path: string, listener?: () => void): this;
  /** Times in milliseconds, rounded down to seconds. */
  setKeepAlive(enable?: boolean | KeepAliveOptions, initialDelay?: number, interval?: number, count?: number): this;

  /** Adds a listener of an event. */
  on<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  on(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener for one time. */
  once<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  once(event: string | symbol, listener: AnyListener): this;
  /** The same as `on`. */
  addListener<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  addListener(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener before the others. */
  prependListener<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  prependListener(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener for one time, before the others. */
  prependOnceListener<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  prependOnceListener(event: string | symbol, listener: AnyListener): this;
  /** The same as `removeListener`. */
  off<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  off(event: string | symbol, listener: AnyListener): this;
  /** Removes a listener. */
  removeListener<Event extends keyof SocketEventMap>(event: Event, listener: (...args: SocketEventMap[Event]) => void): this;
  removeListener(event: string | symbol, listener: AnyListener): this;
}

/** The class of sockets, which can be called without `new` too. */
export interface SocketConstructor extends SocketStatics {
  /** A new socket, which is not connected; a number is a descriptor to take over. */
  new (options?: SocketOptions | number): Socket;
  /** The same without `new`. */
  (options?: SocketOptions | number): Socket;
  /** What sockets inherit. */
  readonly prototype: Socket;
}

/** A function of this name, also in a bundle: that is what heap snapshots, V8's own messages and `util.inspect` show of an object. */
function createClass(): SocketConstructor {
  const named: { readonly Socket: unknown } = {
    Socket: function (this: unknown, options?: SocketInit | number): unknown {
      if (nodesClasses.claim !== null) nodesClasses.claim(this as object);
      if (!isInstance(this, Class)) {
        // Node's own classes (TLSSocket, tty.ReadStream) call our replacement; their objects stay the builtin's.
        if (builtinNet !== undefined && isInstance(this, builtinNet.Socket) && !isInstance(this, Socket)) {
          return construct(builtinNet.Socket, this, options);
        }
        return new Class(options);
      }
      initSocket(this as SocketMembers, options);
      return undefined;
    },
  };
  const Class = named.Socket as SocketConstructor;
  return Class;
}

/** `net.Socket`: callable with and without `new`, and an instance of the runtime's own class too. */
export const Socket = createClass();

if (builtinNet !== undefined) {
  standIn(Socket, builtinNet.Socket, SocketMembers.prototype, EventEmitter.prototype);
} else {
  inherit(Socket, SocketMembers);
}
Object.defineProperty(Socket.prototype, context, bare({ value: defaultContext, configurable: true }));
Object.defineProperty(Socket.prototype, defaultMethods, bare({ value: defaultMethodsOf(Socket.prototype) }));
defaultContext.Socket = Socket as unknown as NetContext['Socket'];

/** The class of sockets of another net: same members, own transports, `instanceof Socket`. */
export function deriveSocket(net: NetContext): SocketConstructor {
  const Derived = createClass();
  inherit(Derived, Socket);
  Object.defineProperty(Derived.prototype, context, bare({ value: net }));
  if (builtinNet !== undefined) {
    Object.defineProperty(Derived.prototype, 'once', bare({ value: tellTls, writable: true, configurable: true }));
  }
  return Derived;
}

/** What `async_hooks` calls the handle of a socket; -1 without one. */
export function asyncIdOf(socket: SocketMembers): number {
  return socket[state]?.asyncId ?? -1;
}

function initSocket(socket: SocketMembers, given: SocketInit | number | undefined): void {
  if (given instanceof AcceptedOptions) {
    initAccepted(socket, given);
    return;
  }
  // As Node: own properties alone, in a copy, except modes that it refuses.
  checkModes(optionsOf(given as SocketInit | null | undefined, MODES));
  const options: SocketInit = bare(typeof given === 'number' ? { fd: given } : given);
  checkOptions(options);
  // What is open already is the runtime's, wherever this runs: the output of a child process, say.
  const net = isOpen(options) ? contextOf(socket) : netFor(socket, deriveSocket);
  // Routed to another net: it is of the default class, and has what `deriveSocket` gives to those of that net.
  if (Object.hasOwn(socket, context)) Object.defineProperty(socket, 'once', bare({ value: tellTls, writable: true, configurable: true }));
  setFirstKeys(socket);
  initEmitter(socket, options);
  takeMethods(socket, options);
  initDuplex(socket, null, bare({
    allowHalfOpen: Boolean(options.allowHalfOpen),
    readable: options.readable, writable: options.writable,
    highWaterMark: options.highWaterMark,
    readableHighWaterMark: options.readableHighWaterMark ?? highWaterMarkOf(net),
    writableHighWaterMark: options.writableHighWaterMark ?? highWaterMarkOf(net),
    // Not announced, as Node's sockets do not: 'close' comes when the handle is closed.
    emitClose: false,
    decodeStrings: false,
    encoding: options.encoding, defaultEncoding: options.defaultEncoding,
    readsChunks: net.readsChunks,
    gather: options.gather ?? net.gather,
    pooledReads: options.pooledReads ?? net.pooledReads,
    clock: net.clock,
  }));
  const socketState = setLastKeys(socket);
  socketState.noDelay = Boolean(options.noDelay);
  socketState.put('keepAlive', keepAliveOf(options.keepAlive, options.keepAliveInitialDelay));
  socketState.put('typeOfService', options.typeOfService);
  const onread = onReadOf(options.onread);
  if (onread !== undefined && isOnRead(onread)) socketState.put('onread', onread);
  if (options.blockList) socket.blockList = options.blockList;
  if (options.signal) destroyOnAbort(socket, socketState, options.signal, options);
  standOn(socket, socketState, options, net);
}

/** The same for a socket that a server has accepted: there is less to look at. */
function initAccepted(socket: SocketMembers, options: AcceptedOptions): void {
  setFirstKeys(socket);
  initEmitter(socket, NO_OPTIONS);
  initDuplex(socket, null, options);
  const socketState = setLastKeys(socket);
  socketState.noDelay = options.noDelay;
  socketState.put('keepAlive', keepAliveOf(options.keepAlive, options.keepAliveInitialDelay));
  const connection = options.connection!;
  socketState.take(connection);
  // As if it had been read here: then the native handle has what else comes, and tls and http can use that.
  const early = connection.takeEarly?.() ?? null;
  if (early !== null) socket.unshift(early);
  socketState.transport = options.transport;
  // The object outlives this connection.
  options.connection = null;
  if (options.noDelay || options.keepAlive) socketState.applyOptions();
  startReading(socket, !options.pauseOnCreate);
}

/** In the order in which the builtin's sockets have them: a program may walk through the keys. */
function setFirstKeys(socket: SocketMembers): void {
  socket.connecting = false;
  socket._hadError = false;
  socket._parent = null;
  socket._host = null;
  socket._closeAfterHandlingError = false;
}

function setLastKeys(socket: SocketMembers): SocketState {
  socket._sockname = null;
  socket._pendingData = null;
  socket._pendingEncoding = '';
  socket.server = null;
  socket._server = null;
  const socketState = new SocketState(socket);
  (socket as { [state]: SocketState })[state] = socketState;
  socket.on('end', onReadableStreamEnd);
  if (showEvents !== null) showEvents(socket, 'socket');
  return socketState;
}

/** As with Node's streams: what a subclass may replace can come as options. */
function takeMethods(socket: SocketMembers, { read, write, writev, final, destroy }: SocketInit): void {
  const socketState = socket as unknown as Record<string, unknown>;
  if (typeof read === 'function') socketState['_read'] = read;
  if (typeof write === 'function') socketState['_write'] = write;
  if (typeof writev === 'function') socketState['_writev'] = writev;
  if (typeof final === 'function') socketState['_final'] = final;
  if (typeof destroy === 'function') socketState['_destroy'] = destroy;
}

/** Node takes buffer and callback out of it once. */
function onReadOf(given: unknown): unknown {
  return typeof given === 'object' ? optionsOf(given as OnReadOptions | null, ['buffer', 'callback']) : undefined;
}

function checkModes(options: Pick<SocketInit, (typeof MODES)[number]>): void {
  if (options.objectMode) throw invalidArgValue('options.objectMode', options.objectMode, 'is not supported');
  if (options.readableObjectMode || options.writableObjectMode) {
    const name = options.readableObjectMode ? 'options.readableObjectMode' : 'options.writableObjectMode';
    throw invalidArgValue(name, options.readableObjectMode || options.writableObjectMode, 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) checkNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
}

function checkOptions(options: SocketInit): void {
  if (options.typeOfService !== undefined) checkByte(options.typeOfService, 'options.typeOfService');
  if (options.signal) checkSignal(options.signal, 'signal');
  if (options.blockList) checkBlockList(options.blockList, 'options.blockList');
}

function isOpen({ handle, fd }: SocketInit): boolean {
  return fd !== undefined || (Boolean(handle) && !(handle instanceof BoundSocket));
}

/** A socket that is made of something open: a handle, a descriptor. */
function standOn(socket: SocketMembers, socketState: SocketState, options: SocketInit, net: NetContext): void {
  if (options.handle instanceof BoundSocket) {
    adoptBoundSocket(socketState, options.handle, net);
    return;
  } else if (options.handle) {
    adopt(socket, socketState, options.handle, net);
  } else if (options.fd !== undefined) {
    checkInt32(options.fd, 'fd', 0);
    adopt(socket, socketState, options.fd, net);
  } else {
    return;
  }
  if (options.readable !== false && !options.manualStart) startReading(socket, !options.pauseOnCreate);
}

function startReading(socket: SocketMembers, now: boolean): void {
  if (now) {
    socket.read(0);
    return;
  }
  socket.readableFlowing = false;
  markSocket(socket);
}
