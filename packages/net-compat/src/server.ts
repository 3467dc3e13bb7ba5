import { EventEmitter } from 'events';
import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import type { Listener } from '@netstrata/transport';
import { adoptMethods, callable, inherit } from './callable.js';
import { context, defaultContext, type NetContext } from './context.js';
import { addressInfo, type AddressInfo } from './endpoints.js';
import { serverAlreadyListening, serverNotRunning } from './errors.js';
import { builtinNet, warnDeprecated } from './host.js';
import { isPipeName, normalizeArgs, toNumber } from './normalize-args.js';
import { listenOn, listenPath, listenPort } from './listen.js';
import type { Socket } from './socket.js';
import { checkFunction, checkNumber, checkPort } from './validate.js';

export interface ServerOptions {
  /** Accepted sockets stay writable when their peers have ended. */
  allowHalfOpen?: boolean | undefined;
  /** Accepted sockets do not read until resumed, so that they can be passed on. */
  pauseOnConnect?: boolean | undefined;
  noDelay?: boolean | undefined;
  keepAlive?: boolean | undefined;
  /** Milliseconds. */
  keepAliveInitialDelay?: number | undefined;
  highWaterMark?: number | undefined;
}

export interface ListenOptions {
  port?: number | string | null | undefined;
  host?: string | undefined;
  path?: string | undefined;
  backlog?: number | undefined;
  /** In a cluster worker: do not share the port with other workers. */
  exclusive?: boolean | undefined;
  readableAll?: boolean | undefined;
  writableAll?: boolean | undefined;
  ipv6Only?: boolean | undefined;
  reusePort?: boolean | undefined;
  fd?: number | undefined;
  handle?: unknown;
}

/** Connections that were passed to a child process, as Node's child_process keeps count of them. */
interface WorkerSockets {
  getConnections(callback: (error: Error | null, count: number) => void): void;
  close(callback: () => void): void;
  once(event: 'exit', listener: (worker: WorkerSockets) => void): unknown;
}

/** What a server that does not accept a connection tells about it. */
export interface DropInfo {
  localAddress?: string | undefined;
  localPort?: number | undefined;
  localFamily?: string | undefined;
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
  remoteFamily?: string | undefined;
}

/** @internal The listener of a server that listens. */
export const listener = Symbol('netstrata.listener');

/** The members of `Server`; see `Server` for the class. */
export class ServerMembers extends EventEmitter {
  declare readonly [context]: NetContext;
  declare [listener]: Listener | null;
  declare _connections: number;
  declare _usingWorkers: boolean;
  declare _workers: WorkerSockets[];
  declare _unref: boolean;
  declare _listeningId: number;
  declare _connectionKey: string | undefined;
  declare _pipeName: string | undefined;
  declare allowHalfOpen: boolean;
  declare pauseOnConnect: boolean;
  declare noDelay: boolean;
  declare keepAlive: boolean;
  declare keepAliveInitialDelay: number;
  declare highWaterMark: number | undefined;
  /** Connections beyond this number are closed at once, and told with 'drop'. */
  declare maxConnections: number | undefined;

  get listening(): boolean { return this[listener] !== null; }
  get _handle(): unknown { return this[listener]?.native ?? null; }

  /** Node's internals take a listening handle away by setting null. */
  set _handle(handle: unknown) {
    const own = this[listener];
    if (handle === null || handle === undefined) {
      this[listener] = null;
      own?.detach?.();
    } else if (handle !== this._handle) {
      listenOn(this as unknown as Server, handle, undefined);
    }
  }

  /** Deprecated: asks for what `getConnections` tells. Null once connections were passed to other processes. */
  get connections(): number | null {
    warnConnections();
    return this._usingWorkers ? null : this._connections;
  }

  set connections(count: number) {
    warnConnections();
    this._connections = count;
  }

  // ---- listening ----------------------------------------------------------------------------------------------------

  listen(options: ListenOptions, callback?: () => void): this;
  listen(port?: number | string | null, host?: string, backlog?: number, callback?: () => void): this;
  listen(port?: number | string | null, host?: string, callback?: () => void): this;
  listen(port?: number | string | null, backlog?: number, callback?: () => void): this;
  listen(port?: number | string | null, callback?: () => void): this;
  listen(path: string, backlog?: number, callback?: () => void): this;
  listen(path: string, callback?: () => void): this;
  listen(handle: unknown, backlog?: number, callback?: () => void): this;
  listen(...args: unknown[]): this {
    const server = this as unknown as Server;
    const [given, callback] = normalizeArgs(args);
    if (this[listener] !== null) throw serverAlreadyListening();
    if (callback !== null) this.once('listening', callback as () => void);
    const backlogOfArgs = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]) || undefined;
    const options = (given['_handle'] ?? given['handle'] ?? given) as Record<string, unknown>;
    this._listeningId++;
    const backlog = (toNumber(options['backlog']) || undefined) ?? backlogOfArgs;
    if (isListenHandle(options)) {
      listenOn(server, options, backlogOfArgs);
      return this;
    }
    const { fd } = options;
    if (typeof fd === 'number' && fd >= 0) {
      listenOn(server, fd, backlogOfArgs);
      return this;
    }
    const anyPort = args.length === 0 || typeof args[0] === 'function' || options['port'] === null || (options['port'] === undefined && 'port' in options);
    const port = anyPort ? 0 : options['port'];
    if (typeof port === 'number' || typeof port === 'string') {
      listenPort(server, checkPort(port, 'options.port') | 0, options, backlog);
      return this;
    }
    if (options['path'] && isPipeName(options['path'])) {
      listenPath(server, options['path'], options, backlog);
      return this;
    }
    if (!('port' in options || 'path' in options)) {
      throw invalidArgValue('options', options, 'must have the property "port" or "path"');
    }
    throw invalidArgValue('options', options);
  }

  address(): AddressInfo | string | null {
    const local = this[listener]?.local ?? null;
    if (local !== null && 'path' in local) return local.path;
    return addressInfo(local) ?? (this[listener] !== null ? (this._pipeName ?? null) : null);
  }

  ref(): this {
    this._unref = false;
    this[listener]?.ref();
    return this;
  }

  unref(): this {
    this._unref = true;
    this[listener]?.unref();
    return this;
  }

  // ---- closing ------------------------------------------------------------------------------------------------------

  close(callback?: (error?: Error) => void): this {
    const own = this[listener];
    if (typeof callback === 'function') {
      if (own === null) this.once('close', () => { callback(serverNotRunning()); });
      else this.once('close', callback);
    }
    // A lookup that is under way must not start to listen.
    this._listeningId++;
    this[listener] = null;
    own?.close();
    if (this._usingWorkers) closeWorkers(this as unknown as Server);
    else this._emitCloseIfDrained();
    return this;
  }

  _emitCloseIfDrained(): void {
    if (this[listener] !== null || this._connections > 0) return;
    this[context].clock.nextTick((server: EventEmitter) => { server.emit('close'); }, this as EventEmitter);
  }

  /** How many connections there are, those passed to other processes included. */
  getConnections(callback: (error: Error | null, count: number) => void): this {
    checkFunction(callback, 'callback');
    const answer = (error: Error | null, count: number): void => {
      this[context].clock.nextTick(() => { callback(error, count); }, undefined);
    };
    if (!this._usingWorkers) {
      answer(null, this._connections);
      return this;
    }
    let left = this._workers.length;
    let total = this._connections;
    for (const worker of this._workers) {
      worker.getConnections((error, count) => {
        if (left < 0) return;
        if (error) {
          left = -1;
          answer(error, 0);
          return;
        }
        total += count;
        if (--left === 0) answer(null, total);
      });
    }
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

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this[listener] === null) {
        resolve();
        return;
      }
      this.close((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** A listener of 'connection' that rejected ends the connection. */
  [Symbol.for('nodejs.rejection')](error: Error, event: string, socket: Socket): void {
    if (event === 'connection') socket.destroy(error);
    else this.emit('error', error);
  }
}

export interface Server extends ServerMembers {}

export type ConnectionListener = (socket: Socket) => void;

export interface ServerConstructor {
  new (options?: ServerOptions | null, listener?: ConnectionListener): Server;
  new (listener?: ConnectionListener): Server;
  (options?: ServerOptions | null, listener?: ConnectionListener): Server;
  (listener?: ConnectionListener): Server;
  readonly prototype: Server;
}

/** `net.Server`: callable with and without `new`, and an instance of the runtime's own class too. */
export const Server = callable('Server', (self, options, listen) => {
  initServer(self as Server, options, listen);
}) as unknown as ServerConstructor;

if (builtinNet !== undefined) {
  inherit(Server, builtinNet.Server);
  adoptMethods(Server.prototype, ServerMembers.prototype, EventEmitter.prototype);
} else {
  inherit(Server, ServerMembers);
}
Object.defineProperty(Server.prototype, context, { value: defaultContext, configurable: true });

/** The class of servers of another net: same members, own transports, `instanceof Server`. */
export function deriveServer(net: NetContext): ServerConstructor {
  const Derived = callable('Server', (self, options, listen) => {
    initServer(self as Server, options, listen);
  }) as unknown as ServerConstructor;
  inherit(Derived, Server);
  Object.defineProperty(Derived.prototype, context, { value: net });
  return Derived;
}

function initServer(server: Server, given: unknown, second: unknown): void {
  (EventEmitter as unknown as { call(self: EventEmitter, options: unknown): void }).call(server, given);
  let options: ServerOptions = {};
  if (typeof given === 'function') server.on('connection', given as ConnectionListener);
  else if (given == null || typeof given === 'object') {
    options = { ...(given as ServerOptions | null) };
    if (typeof second === 'function') server.on('connection', second as ConnectionListener);
  } else throw invalidArgType('options', 'of type object', given);
  if (options.keepAliveInitialDelay !== undefined) checkNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  if (options.highWaterMark !== undefined) checkNumber(options.highWaterMark, 'options.highWaterMark');
  server[listener] = null;
  server._connections = 0;
  server._usingWorkers = false;
  server._workers = [];
  server._unref = false;
  server._listeningId = 1;
  server.allowHalfOpen = options.allowHalfOpen ?? false;
  server.pauseOnConnect = Boolean(options.pauseOnConnect);
  server.noDelay = Boolean(options.noDelay);
  server.keepAlive = Boolean(options.keepAlive);
  server.keepAliveInitialDelay = Math.max(0, options.keepAliveInitialDelay ?? 0);
  server.highWaterMark = options.highWaterMark;
}

/** Connections that were passed to other processes end first; 'close' waits for every worker's answer. */
function closeWorkers(server: Server): void {
  let left = server._workers.length;
  server._connections++;
  const closed = (): void => {
    if (--left > 0) return;
    server._connections = 0;
    server._emitCloseIfDrained();
  };
  for (const worker of server._workers) worker.close(closed);
}

/** A native handle that can listen, as opposed to options. */
function isListenHandle(options: Readonly<Record<string, unknown>>): boolean {
  return typeof options['listen'] === 'function' && typeof options['close'] === 'function' && typeof options['onconnection'] !== 'string' && !('on' in options);
}

let warned = false;

function warnConnections(): void {
  if (warned) return;
  warned = true;
  warnDeprecated('Server.connections property is deprecated. Use Server.getConnections method instead.', 'DEP0020');
}
