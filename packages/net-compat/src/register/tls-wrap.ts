import { builtinOptions, IdleHandle, ownMethodUnder } from '@netstrata/handles';
import { bare } from '@netstrata/stream-core';
import type { SocketFace } from '../shared/socket-face.js';
import { isBun, loadBuiltin, type BuiltinNet } from '../runtime/runtime.js';

/**
 * What register knows of the inside of Node's `TLSSocket`: a native wrap (`_handle`) around the handle of a connection (`_parent`), where
 * session, server name, ALPN and PSK are kept.
 */

/** A handle under a wrap. */
export interface RawHandle {
  readonly constructor: new (type: number) => object;
  readonly setNoDelay?: unknown;
}

interface TlsWrap {
  readonly _parent: RawHandle;
  /** The stream of JavaScript that it is around, if any. */
  readonly _parentWrap: object | null | undefined;
  // Deno's has not all of these.
  getSession?(): unknown;
  setSession?(session: unknown): void;
  getServername?(): string | null;
  setServername?(name: string): void;
  enableSessionCallbacks?(): void;
  enableKeylogCallback?(): void;
  enableTrace?(): void;
  hasRef?(): boolean;
  unref(): void;
}

type Listener = (...args: unknown[]) => void;

/** Node's `TLSSocket`, as far as it takes part in dialling. */
export interface TlsSocket extends Omit<SocketFace, '_handle'> {
  readonly _handle: TlsWrap | null;
  readonly _parent?: object | null | undefined;
  readonly _tlsOptions?: { readonly isServer?: boolean; readonly enableTrace?: boolean } | undefined;
  ssl: TlsWrap | null;
  _init(stream: object, wrap: object): void;
  _wrapHandle(wrap: object, handle: unknown, hasPending: boolean): TlsWrap;
}

/** What Node's sockets do once they are connected. */
type AfterConnect = (status: number, handle: unknown, request: object, readable: boolean, writable: boolean) => void;

/** The type of a handle that is a connection, as its constructor takes it. */
const SOCKET = 0;

export class TlsWraps {
  readonly #original: BuiltinNet;
  readonly #afterConnect: AfterConnect | null;
  /** Of Node's sockets: takes another handle in place of the one it has. */
  readonly #reinitialize: symbol;
  #StreamSocket: (new (stream: object) => SocketFace) | null = null;
  readonly #TLSSocket: new (stream: object) => TlsSocket;

  /** Null where Node has not what this needs. */
  static of(original: BuiltinNet, TLSSocket: new (stream: object) => TlsSocket): TlsWraps | null {
    // Bun's have no wrap: they stay as they are, and so does who dials for them.
    if (isBun) return null;
    const symbols = Object.getOwnPropertySymbols(original.Socket.prototype);
    const reinitialize = symbols.find(({ description }) => description === 'kReinitializeHandle');
    const afterConnect = afterConnectOf(original);
    return reinitialize === undefined ? null : new TlsWraps(original, TLSSocket, afterConnect, reinitialize);
  }

  private constructor(
    original: BuiltinNet, TLSSocket: new (stream: object) => TlsSocket, afterConnect: AfterConnect | null, reinitialize: symbol,
  ) {
    this.#original = original;
    this.#TLSSocket = TLSSocket;
    this.#afterConnect = afterConnect;
    this.#reinitialize = reinitialize;
  }

  /** Whether a dial can be made on the handle that a socket has: not where a tool hides what Node does once that is connected. */
  get dialsOnHandles(): boolean {
    return this.#afterConnect !== null;
  }

  /** The handle under the socket is connected. */
  connected(socket: TlsSocket): void {
    this.#afterConnect!(0, socket._handle, {}, true, true);
  }

  /** Puts a handle of the same kind under the socket: as Node does it, and with what Node forgets. */
  put(socket: TlsSocket, raw: RawHandle): void {
    const kept = keep(socket);
    (socket as unknown as Record<symbol, (handle: RawHandle) => void>)[this.#reinitialize](raw);
    socket.ssl = socket._handle;
    restore(socket, kept);
  }

  /** Puts a new one there. */
  renew(socket: TlsSocket): RawHandle {
    const { constructor: Handle } = socket._handle!._parent;
    const raw = new Handle(SOCKET) as RawHandle;
    this.put(socket, raw);
    return raw;
  }

  /** Puts a stream under the socket, which is connected or will be. */
  putOver(socket: TlsSocket, stream: SocketFace): void {
    const kept = keep(socket);
    const hasNativeHandle = (stream._handle as { isStreamBase?: boolean } | null)?.isStreamBase === true;
    const wrap = hasNativeHandle ? stream : this.#streamSocketOver(stream);
    const handle = socket._wrapHandle(wrap, wrap._handle, wrap.writableLength > 0);
    Reflect.apply(Reflect.get(this.#original.Socket.prototype, this.#reinitialize) as (handle: TlsWrap) => void, socket, [handle]);
    socket.ssl = handle;
    const before = wrap.listeners('error');
    socket._init(stream, wrap);
    for (const listener of wrap.listeners('error') as Listener[]) {
      if (before.includes(listener)) continue;
      // Before the connection is there its error is the socket's own, with its code.
      wrap.removeListener('error', listener);
      wrap.on('error', (error: Error) => {
        if (socket.connecting) socket.destroy(error);
        else if (!socket.destroyed) listener(error);
      });
    }
    if (socket._tlsOptions!.enableTrace === true) handle.enableTrace?.();
    restore(socket, kept);
  }

  /** What tls itself puts between its wrap and a stream without a native handle. */
  #streamSocketOver(stream: SocketFace): SocketFace {
    if (this.#StreamSocket === null) {
      const { Duplex } = loadBuiltin('stream') as { Duplex: new (options: object) => object };
      const probe = new this.#TLSSocket(new Duplex(bare({ read() {}, write() {} })));
      this.#StreamSocket = probe._handle!._parentWrap!.constructor as new (stream: object) => SocketFace;
      probe.on('error', () => {});
      probe.destroy();
    }
    return new this.#StreamSocket(stream);
  }
}

/**
 * Node's own function, as its requests to connect have it: it knows what was set for the connection, emits 'connect' and 'ready', and
 * starts to read.
 */
function afterConnectOf(original: BuiltinNet): AfterConnect | null {
  const { Socket } = original as unknown as { Socket: new (options: object) => SocketFace };
  // What a tool has put in its place is not meant for this one: then tls dials as Node has it, by way of the tool.
  const connect = ownMethodUnder(Reflect.get(Socket.prototype, 'connect'));
  if (connect === null) return null;
  const handle = new IdleHandle();
  const probe = new Socket(builtinOptions({ handle, manualStart: true }));
  // It is not destroyed: it holds nothing, and a program that watches async_hooks would meet a tick that began before it.
  Reflect.apply(connect, probe, [bare({ path: 'probe' })] as never);
  return (handle.request?.oncomplete as AfterConnect | undefined) ?? null;
}

interface Kept {
  readonly session: unknown;
  readonly name: string | null;
  readonly isHeld: boolean;
  readonly keylog: readonly unknown[];
}

function keep(socket: TlsSocket): Kept {
  const wrap = socket._handle!;
  return {
    session: wrap.getSession?.(), name: wrap.getServername?.() ?? null, isHeld: wrap.hasRef?.() ?? true,
    keylog: socket.listeners('keylog'),
  };
}

function restore(socket: TlsSocket, { session, name, isHeld, keylog }: Kept): void {
  // tls adds its own for --tls-keylog each time.
  for (const listener of socket.listeners('keylog') as Listener[]) {
    if (keylog.length > 0 && !keylog.includes(listener)) socket.removeListener('keylog', listener);
  }
  const wrap = socket._handle!;
  if (session) wrap.setSession?.(session);
  if (name) wrap.setServername?.(name);
  if (socket.listenerCount('session') > 0) wrap.enableSessionCallbacks?.();
  if (socket.listenerCount('keylog') > 0) wrap.enableKeylogCallback?.();
  if (!isHeld) wrap.unref();
}
