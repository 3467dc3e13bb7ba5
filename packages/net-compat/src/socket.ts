import { EventEmitter } from 'events';
import { builtins, byteLength, core, Duplex, emitClosed, initDuplex, invalidArgValue, methodsOf, type WriteCallback } from '@netstrata/stream-core';
import type { Connection, Transport } from '@netstrata/transport';
import { adoptMethods, callable, inherit } from './callable.js';
import { adopterOf, context, contextOf, defaultContext, ipcOf, type NetContext } from './context.js';
import { dial, dialHost } from './dial.js';
import { addressInfo, type AddressInfo } from './endpoints.js';
import { closedBeforeConnection, endedByPeer, invalidHandleType, missingArgs, socketClosed } from './errors.js';
import { builtinNet, defaultHighWaterMark, type LookupFunction } from './host.js';
import { initEmitter } from './event-table.js';
import { IdleTimeout } from './idle-timeout.js';
import { normalizeArgs, type Callback } from './normalize-args.js';
import type { Server } from './server.js';
import { SocketState, state } from './socket-state.js';
import { checkDuration, checkFunction, checkInt32, checkNoNul, checkNumber, checkString } from './validate.js';

export interface SocketOptions {
  /** An open file descriptor to take over. */
  fd?: number | undefined;
  /** A native handle to take over. */
  handle?: unknown;
  /** Stay writable when the peer has ended; false when not given. */
  allowHalfOpen?: boolean | undefined;
  readable?: boolean | undefined;
  writable?: boolean | undefined;
  /** Do not read from the handle or descriptor yet. */
  pauseOnCreate?: boolean | undefined;
  manualStart?: boolean | undefined;
  highWaterMark?: number | undefined;
  readableHighWaterMark?: number | undefined;
  writableHighWaterMark?: number | undefined;
  noDelay?: boolean | undefined;
  keepAlive?: boolean | undefined;
  /** Milliseconds. */
  keepAliveInitialDelay?: number | undefined;
  captureRejections?: boolean | undefined;
}

export interface TcpConnectOptions {
  port: number | string;
  host?: string | undefined;
  localAddress?: string | undefined;
  localPort?: number | undefined;
  /** 4, 6, 'IPv4', 'IPv6', or 0 for either. */
  family?: number | string | undefined;
  hints?: number | undefined;
  lookup?: LookupFunction | undefined;
  autoSelectFamily?: boolean | undefined;
  /** Milliseconds. */
  autoSelectFamilyAttemptTimeout?: number | undefined;
}

export interface IpcConnectOptions {
  path: string;
}

export type ConnectOptions = (TcpConnectOptions | IpcConnectOptions) & SocketOptions & { timeout?: number | undefined };

/** @internal The connection of an accepted socket. */
export const accepted = Symbol('netstrata.accepted');

type SocketInit = SocketOptions & { [accepted]?: Connection; objectMode?: unknown; readableObjectMode?: unknown; writableObjectMode?: unknown };

/** The members of `Socket`; see `Socket` for the class. */
export class SocketMembers extends Duplex {
  declare readonly [context]: NetContext;
  declare readonly [state]: SocketState;
  declare connecting: boolean;
  /** The server that accepted this socket. */
  declare server: Server | null;
  declare _server: Server | null;
  declare _host: string | null;
  declare _parent: unknown;
  declare _hadError: boolean;
  /** Milliseconds, as given to `setTimeout`. */
  declare timeout: number | undefined;
  /** `address:port` of every attempt, when several addresses were tried. */
  declare autoSelectFamilyAttemptedAddresses: string[] | undefined;
  declare _pendingData: unknown;
  declare _pendingEncoding: string;

  // ---- connecting ---------------------------------------------------------------------------------------------------

  connect(options: ConnectOptions, listener?: () => void): this;
  connect(port: number | string, host?: string, listener?: () => void): this;
  connect(port: number | string, listener?: () => void): this;
  connect(path: string, listener?: () => void): this;
  connect(...args: unknown[]): this {
    const [options, callback] = normalizeArgs(args[0] instanceof Array && args.length === 1 ? [args[0]] : args);
    if (options['port'] === undefined && options['path'] == null) throw missingArgs();
    if (this.destroyed) {
      this[core].restart();
      this[state].restart();
    }
    const own = this[state];
    const path = options['path'];
    if (callback !== null) this.once('connect', callback);
    this._unrefTimer();
    this.connecting = true;
    own.opened = true;
    this.writable = true;
    if (path) {
      checkString(path, 'options.path');
      checkNoNul(path, 'options.path', path.startsWith('\0') ? 1 : 0);
      own.transport = ipcOf(this[context]);
      dial(this, own.transport, { path }, {});
    } else {
      dialHost(this, options);
      own.transport = this[context].tcp ?? null;
    }
    return this;
  }

  get _connecting(): boolean { return this.connecting; }
  get pending(): boolean { return this[state].connection === null || this.connecting; }

  get readyState(): 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed' {
    if (this.connecting) return 'opening';
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  // ---- addresses and counters ---------------------------------------------------------------------------------------

  _getsockname(): Partial<AddressInfo> {
    const own = this[state];
    if (own.connection === null) return {};
    return (own.local ??= addressInfo(own.connection.local)) ?? {};
  }

  _getpeername(): Partial<AddressInfo> {
    const own = this[state];
    if (own.connection !== null && !this.connecting) own.remote ??= addressInfo(own.connection.remote);
    return own.remote ?? {};
  }

  address(): Partial<AddressInfo> { return this._getsockname(); }
  get localAddress(): string | undefined { return this._getsockname().address; }
  get localPort(): number | undefined { return this._getsockname().port; }
  get localFamily(): string | undefined { return this._getsockname().family; }
  get remoteAddress(): string | undefined { return this._getpeername().address; }
  get remotePort(): number | undefined { return this._getpeername().port; }
  get remoteFamily(): string | undefined { return this._getpeername().family; }

  get bytesRead(): number {
    const own = this[state];
    return own.connection === null ? own.bytesRead : own.connection.bytesRead;
  }

  get _bytesDispatched(): number {
    const own = this[state];
    return own.connection === null ? own.bytesWritten : own.connection.bytesWritten;
  }

  get bytesWritten(): number {
    const side = this._writableState;
    return this._bytesDispatched + side.gathered + side.queuedBytes + sizeOf(this._pendingData, this._pendingEncoding);
  }

  /** Deprecated in favour of `writableLength`. */
  get bufferSize(): number | undefined {
    return this[state].connection === null ? undefined : this.writableLength;
  }

  /** The runtime's own handle; null before there is one and after `destroy`. */
  get _handle(): unknown {
    return this[state].connection?.native ?? null;
  }

  /** Node's internals take a handle away by setting null, and give one by setting it. */
  set _handle(handle: unknown) {
    const own = this[state];
    if (handle === null || handle === undefined) {
      const connection = own.forget();
      this[core].detach();
      connection?.detach?.();
    } else if (handle !== this._handle) {
      own.take(adopterOf(this[context]).adoptConnection!(handle));
    }
  }

  // ---- options ------------------------------------------------------------------------------------------------------

  setNoDelay(enable: unknown = true): this {
    const own = this[state];
    const on = Boolean(enable);
    if (on !== own.noDelay) {
      own.noDelay = on;
      if (!this.connecting) own.connection?.setNoDelay?.(on);
    }
    return this;
  }

  setKeepAlive(enable: unknown = false, initialDelayMs: unknown = 0): this {
    const own = this[state];
    const on = Boolean(enable);
    const delay = Math.max(0, Number(initialDelayMs) || 0);
    if (on !== own.keepAlive || delay !== own.keepAliveInitialDelay) {
      own.keepAlive = on;
      own.keepAliveInitialDelay = delay;
      if (!this.connecting) own.connection?.setKeepAlive?.(on, delay);
    }
    return this;
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    if (this.destroyed) return this;
    this.timeout = milliseconds;
    const duration = checkDuration(milliseconds, 'msecs');
    const engine = this[core];
    (engine.idleTimer as IdleTimeout | null)?.stop();
    engine.idleTimer = null;
    if (duration === 0) {
      if (callback !== undefined) {
        checkFunction(callback, 'callback');
        this.removeListener('timeout', callback);
      }
      return this;
    }
    engine.idleTimer = new IdleTimeout(this[context].clock, duration, () => {
      this._onTimeout();
    });
    if (callback !== undefined) {
      checkFunction(callback, 'callback');
      this.once('timeout', callback);
    }
    return this;
  }

  _onTimeout(): void {
    this.emit('timeout');
  }

  /** Bytes have moved: the idle timeout starts again. */
  _unrefTimer(): void {
    this[core].idleTimer?.refresh();
  }

  ref(): this {
    const { connection } = this[state];
    if (connection === null) this.once('connect', this.ref);
    else connection.ref();
    return this;
  }

  unref(): this {
    const { connection } = this[state];
    if (connection === null) this.once('connect', this.unref);
    else connection.unref();
    return this;
  }

  // ---- streaming ----------------------------------------------------------------------------------------------------

  /** Reached while there is no connection to write to. */
  override _write(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    if (this.connecting) {
      this._pendingData = chunk;
      this._pendingEncoding = encoding;
      const onClose = (): void => {
        callback(closedBeforeConnection());
      };
      this.once('connect', () => {
        this.off('close', onClose);
        this._pendingData = null;
        this._write(chunk, encoding, callback);
      });
      this.once('close', onClose);
      return;
    }
    this._pendingData = null;
    if (this[core].channel === null) {
      callback(socketClosed());
      return;
    }
    this._unrefTimer();
    super._write(chunk, encoding, callback);
  }

  override _final(callback: WriteCallback): void {
    if (this.connecting) {
      this.once('connect', () => {
        this._final(callback);
      });
      return;
    }
    if (this[core].channel === null) callback();
    else super._final(callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.connecting = false;
    const engine = this[core];
    (engine.idleTimer as IdleTimeout | null)?.stop();
    const own = this[state];
    if (own.attempt !== null) {
      // Still dialling: the connection closes like any other, and 'close' waits for it.
      own.attempt = null;
      engine.attach(own.connection!);
    }
    own.forget();
    super._destroy(error, callback);
    const server = this._server;
    if (server !== null) {
      this._server = null;
      server._connections--;
      server._emitCloseIfDrained();
    }
  }

  override [emitClosed](hadError: boolean): void {
    if (this[state].opened) this.emit('close', hadError);
    else this.emit('close');
  }

  /** Ends the socket, and destroys it once everything was written. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  /** Closes with an RST. Throws ERR_INVALID_HANDLE_TYPE where the medium has none. */
  resetAndDestroy(): this {
    const own = this[state];
    if (own.connection === null && !this.connecting) {
      this.destroy(socketClosed());
      return this;
    }
    if (own.transport?.capabilities.reset === false) throw invalidHandleType();
    if (this.connecting) this.once('connect', () => this._reset());
    else this._reset();
    return this;
  }

  _reset(): void {
    this[core].abortOnRelease();
    this.destroySoon();
  }
}

export interface Socket extends SocketMembers {}

export interface SocketConstructor {
  new (options?: SocketOptions | number): Socket;
  (options?: SocketOptions | number): Socket;
  readonly prototype: Socket;
}

/** `net.Socket`: callable with and without `new`, and an instance of the runtime's own class too. */
export const Socket = callable('Socket', (self, options) => {
  initSocket(self as Socket, options as SocketInit | number | undefined);
}) as unknown as SocketConstructor;

if (builtinNet !== undefined) {
  inherit(Socket, builtinNet.Socket);
  adoptMethods(Socket.prototype, SocketMembers.prototype, EventEmitter.prototype);
} else {
  inherit(Socket, SocketMembers);
}
Object.defineProperty(Socket.prototype, context, { value: defaultContext, configurable: true });
Object.defineProperty(Socket.prototype, builtins, { value: methodsOf(Socket.prototype) });
defaultContext.Socket = Socket;

/** The class of sockets of another net: same members, own transports, `instanceof Socket`. */
export function deriveSocket(net: NetContext): SocketConstructor {
  const Derived = callable('Socket', (self, options) => {
    initSocket(self as Socket, options as SocketInit | number | undefined);
  }) as unknown as SocketConstructor;
  inherit(Derived, Socket);
  Object.defineProperty(Derived.prototype, context, { value: net });
  return Derived;
}

function initSocket(socket: Socket, given: SocketInit | number | undefined): void {
  const options: SocketInit = typeof given === 'number' ? { fd: given } : (given ?? {});
  if (options.objectMode) throw invalidArgValue('options.objectMode', options.objectMode, 'is not supported');
  if (options.readableObjectMode || options.writableObjectMode) {
    const name = options.readableObjectMode ? 'options.readableObjectMode' : 'options.writableObjectMode';
    throw invalidArgValue(name, options.readableObjectMode || options.writableObjectMode, 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) checkNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  const net = contextOf(socket);
  const emitter = socket as unknown as EventEmitter;
  initEmitter(emitter, options);
  socket.connecting = false;
  initDuplex(socket, null, {
    allowHalfOpen: Boolean(options.allowHalfOpen),
    readable: options.readable, writable: options.writable,
    highWaterMark: options.highWaterMark,
    readableHighWaterMark: options.readableHighWaterMark ?? defaultHighWaterMark,
    writableHighWaterMark: options.writableHighWaterMark ?? defaultHighWaterMark,
    // Not announced, as Node's sockets do not: 'close' comes when the handle is closed.
    emitClose: false,
    decodeStrings: false,
    nextTick: net.clock.nextTick,
  });
  socket.server = null;
  socket._server = null;
  socket._host = null;
  socket._parent = null;
  socket._hadError = false;
  socket._pendingData = null;
  socket._pendingEncoding = '';
  const own = new SocketState(socket);
  (socket as { [state]: SocketState })[state] = own;
  EventEmitter.prototype.on.call(emitter, 'end', onReadableStreamEnd);
  own.noDelay = Boolean(options.noDelay);
  own.keepAlive = Boolean(options.keepAlive);
  own.keepAliveInitialDelay = Math.max(0, options.keepAliveInitialDelay ?? 0);
  standOn(socket, own, options, net);
}

/** A socket that is made of something open: an accepted connection, a handle, a descriptor. */
function standOn(socket: Socket, own: SocketState, options: SocketInit, net: NetContext): void {
  const connection = options[accepted];
  if (connection !== undefined) {
    own.take(connection);
  } else if (options.handle) {
    own.take(adopterOf(net).adoptConnection!(options.handle));
    own.transport = transportOf(own.connection!, net);
  } else if (options.fd !== undefined) {
    checkInt32(options.fd, 'fd', 0);
    own.take(adopterOf(net).adoptConnection!(options.fd));
    own.transport = transportOf(own.connection!, net);
  } else {
    return;
  }
  if (options.noDelay || options.keepAlive) own.applyOptions();
  if (options.readable === false || options.manualStart) return;
  if (options.pauseOnCreate) socket.readableFlowing = false;
  else socket.read(0);
}

/** What a native handle turned out to be. */
function transportOf(connection: Connection, net: NetContext): Transport | null {
  return (connection.setNoDelay === undefined ? net.ipc : net.tcp) ?? null;
}

/** Once the peer has ended, a socket that is not half-open ends too: writing to it is an error of its own. */
function onReadableStreamEnd(this: Socket): void {
  if (!this.allowHalfOpen) this.write = writeAfterEnd;
}

function writeAfterEnd(this: Socket, chunk: Uint8Array | string, encoding?: unknown, callback?: unknown): boolean {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding as string, callback as WriteCallback);
  const done = (typeof encoding === 'function' ? encoding : callback) as Callback | undefined;
  const error = endedByPeer();
  if (typeof done === 'function') contextOf(this).clock.nextTick(done as (error: Error) => void, error);
  this.destroy(error);
  return false;
}

/** Bytes of what waits for the connection. */
function sizeOf(pending: unknown, encoding: string): number {
  if (typeof pending === 'string') return byteLength(pending, encoding);
  return pending instanceof Uint8Array ? pending.length : 0;
}
