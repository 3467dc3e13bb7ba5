/**
 * Owns the types of the handles and requests under Node's own sockets (`tcp_wrap`, `pipe_wrap`, `stream_wrap`). They say what is used of
 * them, and nothing more: a method that is not here was not tried.
 */

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
  oncomplete: ConnectComplete | undefined;
  connection: unknown;
}

export type ConnectComplete = (
  this: ConnectRequest, status: number, handle: unknown, request: unknown, readable: boolean, writable: boolean,
) => void;

interface AddressOut {
  address?: string;
  port?: number;
  family?: string;
}

/**
 * Whether a handle refused: by a number other than 0. Tests and tools replace methods of handles by functions that give nothing back, which
 * is no refusal.
 */
export function hasFailed(status: unknown): status is number {
  return typeof status === 'number' && status !== 0;
}

/** A `TCP` or a `Pipe`. */
export interface StreamHandle {
  onread: ((this: StreamHandle, buffer: ArrayBuffer | undefined) => Uint8Array | undefined) | undefined;
  onconnection: ((this: StreamHandle, status: number, client: StreamHandle | undefined) => void) | undefined;
  /** Whether `readStart` is in force. Node's own field: tls reads it before it starts to read, and sets it. */
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
  /** Uses an open descriptor from then on, which may be the one it has. */
  open(fd: number): number | undefined;
}
