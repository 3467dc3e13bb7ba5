/**
 * The bindings under Node's own sockets: present and silent on Node 20 to 26 (DEP0111 is documentation only). The types
 * say what is used of them, and nothing more.
 */

import { bare } from '@netstrata/stream-core';
import type { ErrnoMap } from '@netstrata/transport';
import { findOwnerSymbol } from '../../native/cluster-worker.js';

export interface WriteRequest {
  oncomplete: ((this: WriteRequest, status: number) => void) | undefined;
  /** The connection whose write this is. */
  connection: unknown;
  /** Keeps the bytes alive while the kernel still reads them. */
  chunks: unknown;
}

export interface ShutdownRequest {
  oncomplete: ((this: ShutdownRequest, status: number) => void) | undefined;
  connection: unknown;
}

export interface ConnectRequest {
  oncomplete: ((this: ConnectRequest, status: number, handle: unknown, request: unknown, readable: boolean, writable: boolean) => void) | undefined;
  connection: unknown;
}

interface AddressOut {
  address?: string;
  port?: number;
  family?: string;
}

/** A `TCP` or a `Pipe`. */
export interface StreamHandle {
  onread: ((this: StreamHandle, buffer: ArrayBuffer | undefined) => Uint8Array | undefined) | undefined;
  onconnection: ((this: StreamHandle, status: number, client: StreamHandle | undefined) => void) | undefined;
  /** Whether `readStart` is in force. Node's own field: tls looks there before it starts to read, and takes it over. */
  reading?: boolean;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly fd: number;
  readStart(): number;
  readStop(): number;
  writeBuffer(request: WriteRequest, chunk: Uint8Array): number;
  writev(request: WriteRequest, chunks: readonly Uint8Array[], allBuffers: true): number;
  writeUtf8String(request: WriteRequest, text: string): number;
  writeLatin1String(request: WriteRequest, text: string): number;
  shutdown(request: ShutdownRequest): number;
  useUserBuffer(buffer: Uint8Array): void;
  open(fd: number): number | undefined;
  listen(backlog: number): number;
  close(callback?: (this: StreamHandle) => void): void;
  ref(): void;
  unref(): void;
  hasRef?(): boolean;
  getAsyncId?(): number;
  // TCP
  bind(address: string, port: number, flags?: number): number;
  bind6(address: string, port: number, flags: number): number;
  connect(request: ConnectRequest, address: string, port: number): number;
  connect6(request: ConnectRequest, address: string, port: number): number;
  getsockname?(out: AddressOut): number;
  getpeername?(out: AddressOut): number;
  reset?(callback?: (this: StreamHandle) => void): number;
  setNoDelay?(on: boolean): number;
  setKeepAlive?(on: boolean, delaySeconds: number, intervalSeconds?: number, count?: number): number;
  setTypeOfService?(value: number): number;
  getTypeOfService?(): number;
  // Pipe
  fchmod?(mode: number): number;
}

export interface PipeHandle extends Omit<StreamHandle, 'bind' | 'connect'> {
  bind(path: string): number;
  connect(request: ConnectRequest, path: string): number | undefined;
  /** Stands on an open descriptor; its own, too. */
  open(fd: number): number | undefined;
}

type RequestClass<T> = new () => T;

export interface Bindings {
  readonly TCP: new (type: number) => StreamHandle;
  readonly TCPConnectWrap: RequestClass<ConnectRequest>;
  readonly Pipe: new (type: number) => PipeHandle;
  readonly PipeConnectWrap: RequestClass<ConnectRequest>;
  readonly WriteWrap: RequestClass<WriteRequest>;
  readonly ShutdownWrap: RequestClass<ShutdownRequest>;
  readonly SOCKET: number;
  readonly SERVER: number;
  readonly IPV6ONLY: number;
  /** Undefined where libuv does not know it. */
  readonly REUSEPORT: number | undefined;
  readonly READABLE: number;
  readonly WRITABLE: number;
  /** Holds the result of the last call on any handle, at the three places below. */
  readonly streamBaseState: Int32Array;
  readonly kReadBytesOrError: number;
  readonly kBytesWritten: number;
  readonly kLastWriteWasAsync: number;
  readonly UV_EOF: number;
  /** Under which Node's own modules find the owner of a handle; null where it is not known. */
  readonly owner: symbol | null;
  readonly errors: ErrnoMap;
  readonly errno: (code: string) => number;
}

type Binding = Record<string, never>;

/** Null where the runtime does not have them or refuses (`--permission`). */
export function loadBindings(): Bindings | null {
  const load = (process as unknown as { binding?: (name: string) => Binding }).binding;
  return typeof load === 'function' ? withoutWarning(() => collect(load)) : null;
}

/** `--pending-deprecation` makes a warning of DEP0111, which can end the process; who asked for it means code of their own. */
function withoutWarning<T>(task: () => T): T {
  const own = Object.getOwnPropertyDescriptor(process, 'noDeprecation');
  Object.defineProperty(process, 'noDeprecation', bare({ value: true, configurable: true, writable: true, enumerable: own?.enumerable ?? true }));
  try {
    return task();
  } finally {
    if (own === undefined) delete (process as { noDeprecation?: boolean }).noDeprecation;
    else Object.defineProperty(process, 'noDeprecation', bare(own));
  }
}

function collect(load: (name: string) => Binding): Bindings | null {
  try {
    const tcp = load('tcp_wrap');
    const pipe = load('pipe_wrap');
    const stream = load('stream_wrap');
    const uv = load('uv') as Record<string, unknown>;
    const tcpConstants = tcp['constants'] as Record<string, number>;
    const pipeConstants = pipe['constants'] as Record<string, number>;
    // It takes a while to list them all: not before there is an error.
    let errors: ErrnoMap | undefined;
    const bindings: Bindings = {
      TCP: tcp['TCP'], TCPConnectWrap: tcp['TCPConnectWrap'], Pipe: pipe['Pipe'], PipeConnectWrap: pipe['PipeConnectWrap'],
      WriteWrap: stream['WriteWrap'], ShutdownWrap: stream['ShutdownWrap'],
      SOCKET: tcpConstants['SOCKET'], SERVER: tcpConstants['SERVER'],
      IPV6ONLY: tcpConstants['UV_TCP_IPV6ONLY'], REUSEPORT: tcpConstants['UV_TCP_REUSEPORT'],
      READABLE: pipeConstants['UV_READABLE'], WRITABLE: pipeConstants['UV_WRITABLE'],
      streamBaseState: stream['streamBaseState'], kReadBytesOrError: stream['kReadBytesOrError'],
      kBytesWritten: stream['kBytesWritten'], kLastWriteWasAsync: stream['kLastWriteWasAsync'],
      UV_EOF: uv['UV_EOF'] as number,
      owner: findOwnerSymbol(tcp['TCP']),
      get errors() {
        return (errors ??= (uv['getErrorMap'] as () => ErrnoMap)());
      },
      errno: (code) => uv[`UV_${code}`] as number,
    };
    return isUsable(bindings) ? bindings : null;
  } catch {
    return null;
  }
}

function isUsable(bindings: Bindings): boolean {
  const { TCP, Pipe } = bindings;
  const methods = ['readStart', 'readStop', 'writeBuffer', 'writev', 'writeUtf8String', 'shutdown', 'useUserBuffer', 'close', 'reset'] as const;
  return (
    [TCP, Pipe, bindings.TCPConnectWrap, bindings.PipeConnectWrap, bindings.WriteWrap, bindings.ShutdownWrap].every((value) => typeof value === 'function') &&
    methods.every((name) => typeof (TCP.prototype as StreamHandle)[name] === 'function') &&
    ArrayBuffer.isView(bindings.streamBaseState) &&
    [bindings.SOCKET, bindings.SERVER, bindings.kReadBytesOrError, bindings.kLastWriteWasAsync, bindings.UV_EOF].every(Number.isInteger)
  );
}
