import { bare, EventEmitter, invalidArgType, type AnyListener } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type Listener } from '@netstrata/transport';
import {
  listener, ownListen2, streamChoice, waiting, type ServerFace, type StreamChoice, type WorkerSockets,
} from '../shared/server-face.js';
import { checkBlockList, type AddressChecker } from '../args/address-checker.js';
import { showEvents } from '../runtime/debug.js';
import { construct, inherit, isInstance, standIn } from '../runtime/function-classes.js';
import { context, defaultContext, highWaterMarkOf, type NetContext } from '../shared/context.js';
import { addressInfo, type AddressInfo } from '../args/endpoints.js';
import { serverAlreadyListening, serverNotRunning } from '../args/errors.js';
import { builtinNet, systemErrors, warn } from '../runtime/runtime.js';
import { listenHere, listenOn, planOf, start } from './listen.js';
import { normalizeArgs } from '../args/normalize-args.js';
import type { AnyListenOptions, DropArgument, ServerOptions } from './server-options.js';
import { deriveSocket, type Socket } from '../socket/socket.js';
import type { Loop, ServerOfNode, ServerStatics } from '../types/node-types.js';
import type { ConnectionError } from '../types/socket-events.js';
import { netFor } from '../shared/routing.js';
import { markServer } from '../runtime/thread-moves.js';
import { checkFunction, checkNumber, limitOf } from '../args/validate.js';
import { Waiting } from './waiting.js';
import { closeWorkers, countConnections } from './worker-sockets.js';

/** The members of `Server`; see `Server` for the class. */
class ServerMembers extends EventEmitter implements ServerFace {
  declare readonly [context]: NetContext;
  declare [listener]: Listener | null;
  declare [streamChoice]: StreamChoice | undefined;
  declare [waiting]?: Waiting;
  declare _handle: unknown;
  declare _connections: number;
  declare _usingWorkers: boolean;
  declare _workers: WorkerSockets[];
  declare _unref: boolean;
  declare _listeningId: number;
  declare _connectionKey: string | undefined;
  declare _pipeName: string | undefined;
  /** As the option. */
  declare allowHalfOpen: boolean;
  /** As the option. */
  declare pauseOnConnect: boolean;
  /** As the option. */
  declare noDelay: boolean;
  /** As the option. */
  declare keepAlive: boolean;
  /** Seconds. */
  declare keepAliveInitialDelay: number;
  /** As the option. */
  declare highWaterMark: number;
  /** As the option. */
  declare blockList: AddressChecker | undefined;
  declare idleTimeout?: number | undefined;
  /** Connections beyond this number are closed at once, and told with 'drop'. */
  declare maxConnections: number | undefined;
  /** In a cluster worker: close connections beyond `maxConnections` rather than leaving them to another worker. */
  declare dropMaxConnection: boolean | undefined;
  /**
   * How many connections there are; null when any was sent to another process. What a program sets stays.
   * @deprecated It warns (DEP0020): use `getConnections`.
   */
  declare connections?: number | null | undefined;

  /** Not yet while a name is looked up or a cluster's primary is asked, and no more as soon as it is known that listening failed. */
  get listening(): boolean { return Boolean(this[listener]) && this[listener]!.native !== null; }
  // ---- listening ----------------------------------------------------------------------------------------------------

  /** For its forms see `Server`. */
  listen(...args: unknown[]): this {
    // A server that the builtin made before this stood in its place.
    if (!(listener in this)) return (Reflect.get(builtinNet!.Server.prototype, 'listen') as (...all: unknown[]) => this).apply(this, args);
    const [given, callback] = normalizeArgs(args);
    if (this.listening) throw serverAlreadyListening();
    if (callback !== null) this.once('listening', callback);
    // From here, and not from further below: a handle is made where the user's line is near.
    const plan = planOf(this, given, args);
    if (plan !== null) start(this, plan);
    return this;
  }

  /** The builtin's own way to listen, which some programs call. */
  _listen2(address: string | null, port: number, family: number, backlog?: number, fd?: number, flags?: number): void {
    listenHere(this, address, port, family, backlog, fd, flags);
  }

  /** Where it listens. A path stays known when the server has closed. */
  address(): AddressInfo | string | null {
    const local = this[listener]?.local ?? null;
    if (local !== null && isPathEndpoint(local)) return local.path;
    if (local === null) checkName(this[listener]?.native);
    return addressInfo(local) ?? this._pipeName ?? null;
  }

  /** Keeps the process alive while it listens, as it does from the beginning. */
  ref(): this {
    this._unref = false;
    this[listener]?.ref();
    return this;
  }

  /** Lets the process end although it listens. */
  unref(): this {
    this._unref = true;
    this[listener]?.unref();
    return this;
  }

  // ---- closing ------------------------------------------------------------------------------------------------------

  /**
   * Stops accepting. The callback, and 'close', come when the last connection has ended; with `ERR_SERVER_NOT_RUNNING` if it does not
   * listen.
   */
  close(callback?: (error?: Error) => void): this {
    if (typeof callback === 'function') {
      if (this.listening) this.once('close', callback);
      else this.once('close', () => { callback(serverNotRunning()); });
    }
    // A lookup that is under way must not start to listen.
    this._listeningId++;
    const current = this[listener];
    this[listener] = null;
    current?.close();
    this[waiting]?.closing();
    if (this._usingWorkers) closeWorkers(this);
    else this._emitCloseIfDrained();
    return this;
  }

  _emitCloseIfDrained(): void {
    if (this.listening || this._connections > 0) return;
    this[context].clock.nextTick((server: EventEmitter) => { server.emit('close'); }, this);
  }

  /** How many connections there are, those passed to other processes included. */
  getConnections(callback: (error: Error | null, count: number) => void): this {
    checkFunction(callback, 'callback');
    const answer = (error: Error | null, count?: number): void => {
      this[context].clock.nextTick(() => { callback(error, count!); }, undefined);
    };
    if (this._usingWorkers) countConnections(this, answer);
    else answer(null, this._connections);
    return this;
  }

  /** Called by Node's child_process when a connection goes to another process. */
  _setupWorker(sockets: WorkerSockets): void {
    this._usingWorkers = true;
    this._workers.push(sockets);
    sockets.once('exit', (gone) => {
      this._workers.splice(this._workers.indexOf(gone), 1);
    });
  }

  /** Closes it; fulfilled when it is closed. For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.listening) {
        resolve();
        return;
      }
      this.close((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /**
   * The connections of this server, for `for await`, as Node's main branch has it: ends at 'close', rejects at 'error', and leaving the
   * loop leaves the server as it is. Connections that come meanwhile wait, as many as the `backlog`.
   */
  [Symbol.asyncIterator](): Loop<Socket> {
    return Waiting.of(this).loop();
  }

  /** A listener of 'connection' that rejected ends the connection. */
  [Symbol.for('nodejs.rejection')](error: Error, event: string, socket: Socket): void {
    if (event === 'connection') socket.destroy(error);
    else this.emit('error', error);
  }
}

ownListen2.add(Reflect.get(ServerMembers.prototype, '_listen2'));

// What was not set is not read from Object.prototype.
for (const name of ['blockList', 'idleTimeout', 'maxConnections', 'dropMaxConnection', '_pipeName']) {
  Object.defineProperty(ServerMembers.prototype, name, bare({ value: undefined, writable: true, configurable: true }));
}

let hasWarned = false;

// As Node 4 documents it.
Object.defineProperty(ServerMembers.prototype, 'connections', bare<PropertyDescriptor & ThisType<ServerMembers>>({
  get() {
    const text = 'Server.connections property is deprecated. Use Server.getConnections method instead.';
    if (!hasWarned) warn(text, 'DeprecationWarning', 'DEP0020');
    hasWarned = true;
    return this._usingWorkers ? null : this._connections;
  },
  /** Programs keep their own there, as Node has nothing under this name any more. */
  set(value: unknown) {
    Object.defineProperty(this, 'connections', bare({ value, writable: true, enumerable: true, configurable: true }));
  },
  configurable: true,
}));

/** The events of a server, with what their listeners get. */
export interface ServerEventMap {
  /** It has stopped listening, and all connections have ended. */
  close: [];
  /** A connection was accepted. */
  connection: [socket: Socket];
  /** A connection was not accepted: there are `maxConnections`. */
  drop: [data?: DropArgument];
  /** It could not listen, or accept. It is closed after the former. */
  error: [error: ConnectionError];
  /** It listens. */
  listening: [];
}

/** What @types/node declares for its version, where it is installed: such a server is one of `node:net`, and the other way round. */
type Declared = ServerOfNode<ServerMembers>;

/** `net.Server`: accepts connections (https://nodejs.org/api/net.html#class-netserver). */
export interface Server extends Declared {
  /** Milliseconds without a byte; see the option. */
  idleTimeout?: number | undefined;
  /** The connections, as they come. Leaving the loop closes nothing. */
  [Symbol.asyncIterator](): Loop<Socket>;

  /** Listens (https://nodejs.org/api/net.html#serverlisten). The callback is added to 'listening'; what fails comes as 'error'. */
  listen(options: AnyListenOptions, callback?: () => void): this;
  listen(port?: number | string | null, host?: string, backlog?: number, callback?: () => void): this;
  listen(port?: number | string | null, host?: string, callback?: () => void): this;
  listen(port?: number | string | null, backlog?: number, callback?: () => void): this;
  listen(port?: number | string | null, callback?: () => void): this;
  listen(path: string, backlog?: number, callback?: () => void): this;
  listen(path: string, callback?: () => void): this;
  listen(handle: unknown, backlog?: number, callback?: () => void): this;
  listen(handle: unknown, callback?: () => void): this;

  /** Adds a listener of an event. */
  on<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  on(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener for one time. */
  once<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  once(event: string | symbol, listener: AnyListener): this;
  /** The same as `on`. */
  addListener<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  addListener(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener before the others. */
  prependListener<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  prependListener(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener for one time, before the others. */
  prependOnceListener<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  prependOnceListener(event: string | symbol, listener: AnyListener): this;
  /** The same as `removeListener`. */
  off<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  off(event: string | symbol, listener: AnyListener): this;
  /** Removes a listener. */
  removeListener<Event extends keyof ServerEventMap>(event: Event, listener: (...args: ServerEventMap[Event]) => void): this;
  removeListener(event: string | symbol, listener: AnyListener): this;
}

/** A listener of 'connection'. */
export type ConnectionListener = (socket: Socket) => void;

/** The class of servers, which can be called without `new` too. */
export interface ServerConstructor extends ServerStatics {
  /** With options. */
  new (options?: ServerOptions | null, listener?: ConnectionListener): Server;
  /** Without options. */
  new (listener?: ConnectionListener): Server;
  (options?: ServerOptions | null, listener?: ConnectionListener): Server;
  (listener?: ConnectionListener): Server;
  /** What servers inherit. */
  readonly prototype: Server;
}

/** A function of this name, as `Socket` is. */
function createClass(): ServerConstructor {
  const named: { readonly Server: unknown } = {
    Server: function (this: unknown, options?: unknown, listener?: unknown): unknown {
      if (!isInstance(this, Class)) {
        // An object of a builtin class, constructed by our replacement.
        if (builtinNet !== undefined && isInstance(this, builtinNet.Server)) return construct(builtinNet.Server, this, options, listener);
        return new Class(options as ServerOptions, listener as ConnectionListener);
      }
      initServer(this as ServerMembers, options, listener);
      return this;
    },
  };
  const Class = named.Server as ServerConstructor;
  return Class;
}

/** Throws what the system says of a handle that cannot tell where it is. */
function checkName(native: unknown): void {
  const handle = native as { getsockname?(out: object): unknown } | null | undefined;
  const errno = typeof handle?.getsockname === 'function' ? handle.getsockname({}) : 0;
  if (typeof errno === 'number' && errno !== 0) throw systemError({ errno, errors: systemErrors(), syscall: 'address' });
}

/** `net.Server`: callable with and without `new`, and an instance of the runtime's own class too. */
export const Server = createClass();

if (builtinNet !== undefined) {
  standIn(Server, builtinNet.Server, ServerMembers.prototype, EventEmitter.prototype);
} else {
  inherit(Server, ServerMembers);
}
Object.defineProperty(Server.prototype, context, bare({ value: defaultContext, configurable: true }));

/** The class of servers of another net: same members, own transports, `instanceof Server`. */
export function deriveServer(net: NetContext): ServerConstructor {
  const Derived = createClass();
  inherit(Derived, Server);
  Object.defineProperty(Derived.prototype, context, bare({ value: net }));
  return Derived;
}

/** Every server's own, as with the builtin. */
const handleProperty = bare<PropertyDescriptor & ThisType<ServerMembers>>({
  get() { return this[listener]?.native ?? null; },
  /** Node's internals take a listening handle away by setting null. */
  set(handle: unknown) {
    const current = this[listener];
    if (handle === null || handle === undefined) {
      this[listener] = null;
      current?.detach?.();
    } else if (handle !== this._handle) {
      listenOn(this, handle, undefined);
    }
  },
  enumerable: true,
  configurable: true,
});

function initServer(server: ServerMembers, given: unknown, second: unknown): void {
  markServer(server);
  (EventEmitter as unknown as { call(self: EventEmitter): void }).call(server);
  // As Node: own properties alone, in a copy.
  let options: ServerOptions = bare({});
  if (typeof given === 'function') server.on('connection', given as ConnectionListener);
  else if (given == null || typeof given === 'object') {
    options = bare(given as ServerOptions | null);
    if (typeof second === 'function') server.on('connection', second as ConnectionListener);
  } else throw invalidArgType('options', 'of type object', given);
  const { keepAliveInitialDelay, highWaterMark, blockList } = options;
  if (keepAliveInitialDelay !== undefined) checkNumber(keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  if (highWaterMark !== undefined) checkNumber(highWaterMark, 'options.highWaterMark');
  if (blockList) checkBlockList(blockList, 'options.blockList');
  const idleTimeout = limitOf(options.idleTimeout, 'options.idleTimeout');
  if (showEvents !== null) showEvents(server, 'server');
  const net = netFor(server, deriveSocket);
  server[listener] = null;
  server._connections = 0;
  Object.defineProperty(server, '_handle', handleProperty);
  server._usingWorkers = false;
  server._workers = [];
  server._unref = false;
  server._listeningId = 1;
  server.allowHalfOpen = options.allowHalfOpen || false;
  server.pauseOnConnect = Boolean(options.pauseOnConnect);
  server.noDelay = Boolean(options.noDelay);
  server.keepAlive = Boolean(options.keepAlive);
  server.keepAliveInitialDelay = ~~(Math.max(0, keepAliveInitialDelay ?? 0) / 1000);
  server.highWaterMark = highWaterMark === undefined || highWaterMark < 0 ? highWaterMarkOf(net) : highWaterMark;
  if (blockList) server.blockList = blockList;
  if (idleTimeout > 0) server.idleTimeout = idleTimeout;
  const { gather, pooledReads } = options;
  if (gather !== undefined || pooledReads !== undefined) server[streamChoice] = { gather, pooledReads };
}
