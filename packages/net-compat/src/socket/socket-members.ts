import {
  awaitChannel, bare, engine, Duplex, emitClosed, invalidArgType, optionsOf, type Outgoing, type Pending, type WriteCallback,
} from '@netstrata/stream-core';
import type { AddressChecker } from '../args/address-checker.js';
import { adopterOf, context, ipcOf, known, PLACES, type NetContext } from '../shared/context.js';
import { tellClientSocket } from '../runtime/diagnostics.js';
import { connectToHost } from '../dial/connect.js';
import { connectToEndpoint } from '../dial/connect-to-endpoint.js';
import { limitDial } from '../dial/deadline.js';
import { openAttempt } from '../dial/dialling-socket.js';
import { addressInfo, boundPath, type AddressInfo } from '../args/endpoints.js';
import { invalidHandleType, missingArgs, socketClosed } from '../args/errors.js';
import { isBun, warn } from '../runtime/runtime.js';
import { IdleTimeout } from '../runtime/clock.js';
import { normalizeArgs } from '../args/normalize-args.js';
import { awaitConnection, pendingBytes, writeGeneric } from './pending-write.js';
import { accepted, type ServerFace } from '../shared/server-face.js';
import { state, type SocketFace } from '../shared/socket-face.js';
import { adopt, dialWith, isUnused, undial } from './adopt.js';
import { keepAliveOf, sameKeepAlive } from '../args/keep-alive.js';
import type { KeepAliveOptions } from './socket-options.js';
import type { SocketState } from './socket-state.js';
import { checkByte, checkDuration, checkFunction, checkPath, checkString, limitOf, LONGEST_TIMER } from '../args/validate.js';
import { stoppedFlowing, writesAgain } from './ended-by-peer.js';

const KEEP_ALIVE = ['enable', 'initialDelay', 'interval', 'count'] as const;
/** A path is dialled from nowhere. */
const NEAR = bare({});

/** The members of `Socket`; see `Socket` for the class. */
export class SocketMembers extends Duplex implements SocketFace {
  declare readonly [context]: NetContext;
  declare readonly [state]: SocketState;
  /** Whether an attempt to connect goes on. */
  declare connecting: boolean;
  /** The server that accepted this socket. */
  declare server: ServerFace | null;
  declare _server: ServerFace | null;
  declare _host: string | null;
  declare _parent: { connecting?: boolean } | null;
  declare _hadError: boolean;
  /** Node's http sets it. */
  declare _closeAfterHandlingError: boolean;
  /** Unused here; the builtin keeps the near address in it. */
  declare _sockname: null;
  /** Milliseconds, as given to `setTimeout`. */
  declare timeout: number | undefined;
  /** `address:port` of every attempt, when several addresses were tried. */
  declare autoSelectFamilyAttemptedAddresses: string[] | undefined;
  declare _pendingData: unknown;
  declare _pendingEncoding: string;
  /** Addresses that are not connected to. */
  declare blockList: AddressChecker | undefined;

  // ---- connecting ---------------------------------------------------------------------------------------------------

  /** For its forms see `Socket`. */
  connect(...args: unknown[]): this {
    const [given, callback] = normalizeArgs(args);
    tellClientSocket(this);
    if (callback !== null) this.once('connect', callback);
    // Node's own tls connects a socket under itself, and comes here for a second time.
    if (this._parent?.connecting === true) return this;
    const { port, path, fd, host, connectTimeout } = optionsOf(given, ['port', 'path', 'fd', 'host', 'connectTimeout']);
    if (port === undefined && path == null) {
      if (!isBun || typeof fd !== 'number') throw missingArgs();
      // Bun's child_process connects to the descriptors of a child that way. A new socket was given it already.
      if (this[state].connection === null) adopt(this, this[state], fd, this[context]);
      this.read(0);
      return this;
    }
    const limit = limitOf(connectTimeout, 'options.connectTimeout');
    writesAgain(this);
    if (this.destroyed) {
      this[engine].restart();
      this[state].restart();
    } else if (this[state].connection === null) {
      this[engine].reopen();
    }
    const socketState = this[state];
    this._unrefTimer();
    this.connecting = true;
    socketState.opened = true;
    if (socketState.details.bound === 'pipe' || (path && socketState.details.bound === null)) {
      checkString(path, 'options.path');
      checkPath(path);
      const transport = ipcOf(this[context]);
      openAttempt(this, transport);
      connectToEndpoint(this, transport, { path }, NEAR);
    } else {
      const { routes, tcp } = this[context];
      // From here, where the user's line is near; with routes it depends on the place.
      if (routes === null) openAttempt(this, known(tcp, PLACES));
      connectToHost(this, given);
    }
    if (limit > 0) limitDial(this, limit, { host, port, path });
    return this;
  }

  get _connecting(): boolean { return this.connecting; }
  /** Whether it is not connected yet, or not any more. */
  get pending(): boolean { return (this[state]?.connection ?? null) === null || this.connecting; }

  /** `opening` while it connects; then which sides are open. */
  get readyState(): 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed' {
    if (this.connecting) return 'opening';
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  // ---- addresses and counters ---------------------------------------------------------------------------------------

  _getsockname(): Partial<AddressInfo> {
    const socketState = this[state];
    const connection = socketState?.connection ?? null;
    if (connection === null) return {};
    // As with node:net, asked too early it gives the same answer until the socket has connected.
    if (socketState.details.local === null) {
      socketState.put('local', (socketState.details.bound === 'pipe' ? boundPath(connection) : addressInfo(connection.local)) ?? {});
    }
    return socketState.details.local!;
  }

  _getpeername(): Partial<AddressInfo> {
    const socketState = this[state];
    if (socketState === undefined) return {};
    const { connection, details } = socketState;
    if (connection !== null && !this.connecting && details.remote === null) socketState.put('remote', addressInfo(connection.remote));
    return socketState.details.remote ?? {};
  }
/** Its near end: address, port and family; an empty object where there is none. */

  /** The near address; undefined where it is not connected. */
  address(): AddressInfo | object { return this._getsockname(); }
  /** The near port. */
  get localAddress(): string | undefined { return this._getsockname().address; }
  /** `IPv4` or `IPv6`. */
  get localPort(): number | undefined { return this._getsockname().port; }
  /** The address of the peer; undefined where it is not connected. */
  get localFamily(): string | undefined { return this._getsockname().family; }
  /** The port of the peer. */
  get remoteAddress(): string | undefined { return this._getpeername().address; }
  /** `IPv4` or `IPv6`. */
  get remotePort(): number | undefined { return this._getpeername().port; }
  /** `IPv4` or `IPv6`. */
  get remoteFamily(): string | undefined { return this._getpeername().family; }
/** True while 'data' flows, false while it is paused, null before anything has decided that. */

  override get readableFlowing(): boolean | null { return super.readableFlowing; }
  override set readableFlowing(flowing: unknown) {
    super.readableFlowing = flowing;
    if (flowing === false) stoppedFlowing(this);
  }

  /** Bytes that were received. */
  get bytesRead(): number {
    return this[state]?.bytesRead;
  }

  get _bytesDispatched(): number {
    return this[state]?.bytesWritten;
  }

  /** Bytes that were sent, and those that wait to be. */
  get bytesWritten(): number {
    const side = this._writableState;
    if (side === undefined) return side;
    return this._bytesDispatched + side.gatheredBytes + side.queuedBytes + pendingBytes(this._pendingData, this._pendingEncoding);
  }

  /** Deprecated in favour of `writableLength`. */
  get bufferSize(): number | undefined {
    return this.pending && !this.connecting ? undefined : this.writableLength;
  }

  /**
   * The runtime's own handle; null before there is one and after `destroy`. Who reaches for it may write past this socket: what was
   * accepted leaves first.
   */
  get _handle(): unknown {
    const socketState = this[state];
    if (socketState === undefined) return undefined;
    this._writableState.flush();
    return socketState.connection?.native ?? null;
  }

  /**
   * Node's internals take a handle away by setting null, and give one by setting it. Another socket that has it goes on receiving.
   */
  set _handle(handle: unknown) {
    const socketState = this[state];
    if (handle === null || handle === undefined) {
      const connection = socketState.forget();
      undial(socketState);
      this[engine].detach();
      connection?.detach?.();
      // As with node:net, 'close' has no argument then.
      socketState.opened = false;
      // The sender to another process has counted it out already.
      if (this._server?._usingWorkers === true) this._server = null;
      this.server?.[accepted]?.delete(this);
    } else if (this[engine].channel === null && isUnused(handle)) {
      // A first handle, or, from the builtin's `connect`, that for the next address of a name.
      undial(socketState);
      dialWith(this, socketState, handle);
    } else if (handle !== this._handle && socketState.connection?.replaceNative?.(handle) !== true) {
      const connection = adopterOf(this[context]).adoptConnection!(handle, bare({ shared: true }));
      undial(socketState);
      this[engine].detach();
      socketState.take(connection);
    }
  }

  // ---- options ------------------------------------------------------------------------------------------------------

  /** Whether small writes are sent at once (TCP_NODELAY). */
  setNoDelay(enable: unknown = true): this {
    const socketState = this[state];
    const on = Boolean(enable);
    if (on !== socketState.noDelay) {
      socketState.noDelay = on;
      if (!this.connecting) socketState.connection?.setNoDelay?.(on);
    }
    return this;
  }

  /** Times in milliseconds, rounded down to seconds. */
  setKeepAlive(first?: unknown, initialDelayMs?: unknown, intervalMs?: unknown, count?: unknown): this {
    const socketState = this[state];
    const isObject = typeof first === 'object' && first !== null;
    const listed = { enable: first, initialDelay: initialDelayMs, interval: intervalMs, count };
    const given = isObject ? optionsOf(first as KeepAliveOptions, KEEP_ALIVE) : listed;
    const wanted = keepAliveOf(given.enable, given.initialDelay, given.interval, given.count);
    if (!sameKeepAlive(wanted, socketState.details.keepAlive)) {
      const was = socketState.details.keepAlive;
      socketState.put('keepAlive', wanted);
      if (!this.connecting && (wanted !== null || was !== null)) socketState.applyKeepAlive();
    }
    return this;
  }

  /** The IP type of service octet, 0 to 255. */
  setTypeOfService(value: number): this {
    if (Number.isNaN(value)) throw invalidArgType('tos', 'of type number', value);
    checkByte(value, 'tos');
    const socketState = this[state];
    if (value !== socketState.details.typeOfService) {
      socketState.put('typeOfService', value);
      if (!this.connecting) socketState.connection?.setTypeOfService?.(value);
    }
    return this;
  }

  /** The IP type of service octet, 0 to 255. */
  getTypeOfService(): number {
    const socketState = this[state];
    return (this.connecting ? undefined : socketState.connection?.getTypeOfService?.()) ?? socketState.details.typeOfService ?? 0;
  }

  /** Emits 'timeout' after so many milliseconds without a byte; 0 takes that back. The socket stays open. */
  setTimeout(milliseconds: number, callback?: () => void): this {
    if (this.destroyed) return this;
    this.timeout = milliseconds;
    const duration = checkDuration(milliseconds, 'msecs');
    if (duration !== milliseconds) {
      const text = `${milliseconds} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${LONGEST_TIMER}.`;
      warn(text, 'TimeoutOverflowWarning');
    }
    const streamEngine = this[engine];
    (streamEngine.idleTimer as IdleTimeout | null)?.stop();
    streamEngine.idleTimer = null;
    if (duration > 0) {
      streamEngine.idleTimer = new IdleTimeout(this[context].clock, duration, () => {
        this._onTimeout();
      });
    }
    if (callback === undefined) return this;
    checkFunction(callback, 'callback');
    if (duration > 0) this.once('timeout', callback);
    else this.removeListener('timeout', callback);
    return this;
  }

  _onTimeout(): void {
    // Bytes that leave are no idleness, also where they all belong to one long write.
    if (this[state].hasMoved()) this._unrefTimer();
    else if (!this.emit('timeout') && this._server?.idleTimeout) this.destroy();
  }

  /** Bytes have moved: the idle timeout starts again. */
  _unrefTimer(): void {
    this[engine].idleTimer?.refresh();
  }

  /** Keeps the process alive, as it does from the beginning. */
  ref(): this {
    if (this[state].hold(true, this.connecting)) return this;
    return this.once('connect', () => this.ref());
  }

  /** Lets the process end although it is open. */
  unref(): this {
    if (this[state].hold(false, this.connecting)) return this;
    return this.once('connect', () => this.unref());
  }

  // ---- streaming ----------------------------------------------------------------------------------------------------

  /** A destroyed socket stays as it is (Node 26). */
  override pause(): this {
    if (this.destroyed) return this;
    // What is read into a buffer of the user's own is never queued: reading itself has to stop.
    if (this[state].details.onread !== null) this._readableState.stopChannel();
    return super.pause();
  }

  /** Lets 'data' flow. A destroyed socket stays as it is (Node 26). */
  override resume(): this {
    if (this.destroyed) return this;
    if (this[state].details.onread !== null && !this.connecting) this._readableState.startChannel();
    return super.resume();
  }

  /** Reached while there is no connection to write to, and where a method of a program's own is called before this one. */
  override _write(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    this._writeGeneric(false, chunk, encoding, callback);
  }

  override _writev(chunks: Outgoing[], callback: WriteCallback): void {
    this._writeGeneric(true, chunks, '', callback);
  }

  /** What all writes come through in Node's sockets; tracing tools wrap it. */
  override _writeGeneric(_several: boolean, data: Uint8Array | string | Outgoing[], encoding: string, callback: WriteCallback): void {
    writeGeneric(this, data, encoding, callback);
  }

  override _final(callback: WriteCallback): void {
    if (!this.connecting && this[engine].channel === null) callback();
    else super._final(callback);
  }

  override [awaitChannel](pending: Pending): void {
    awaitConnection(this, pending);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const wasConnecting = this.connecting;
    this.connecting = false;
    (this[engine].idleTimer as IdleTimeout | null)?.stop();
    this[state].leave(wasConnecting);
    super._destroy(error, callback);
    const server = this._server;
    if (server !== null) {
      this._server = null;
      server._connections--;
      server[accepted]?.delete(this);
      server._emitCloseIfDrained();
    }
  }

  override [emitClosed](hadError: boolean): void {
    this[state].closeDue(hadError);
  }

  /** Ends the socket, and destroys it once everything was written. */
  destroySoon(): void {
    if (this.writable) this.end();
    // A name that is being looked up may never be found, and there is nothing to say there.
    if (this.writableFinished || (this[state].details.attempt?.isLookingUp === true && this.writableLength === 0)) this.destroy();
    else if (!this.listeners('finish').includes(destroyFinished)) this.once('finish', destroyFinished);
  }

  /** Closes with an RST. Throws ERR_INVALID_HANDLE_TYPE where the medium has none. */
  resetAndDestroy(): this {
    const socketState = this[state];
    if (socketState.connection === null && !this.connecting) {
      this.destroy(socketClosed());
      return this;
    }
    if (socketState.transport?.capabilities.reset === false) throw invalidHandleType();
    if (this.connecting) awaitConnection(this, { proceed: () => this._reset(), cancel: null });
    else this._reset();
    return this;
  }

  _reset(): this {
    this[engine].abortOnRelease();
    return this.destroy();
  }
}

function destroyFinished(this: SocketMembers): void {
  this.destroy();
}

// What was not set is not read from Object.prototype.
for (const name of ['blockList', 'timeout', 'autoSelectFamilyAttemptedAddresses']) {
  Object.defineProperty(SocketMembers.prototype, name, bare({ value: undefined, writable: true, configurable: true }));
}
