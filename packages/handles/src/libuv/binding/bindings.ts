import type { ErrnoMap } from '@netstrata/transport';
import { bindingLoader, withoutWarning } from '../../native/internals.js';
import type { ConnectRequest, PipeHandle, ShutdownRequest, StreamHandle, WriteRequest } from '../../native/stream-handle.js';
import { isDeno } from '../../native/which-runtime.js';
import { denoClasses } from './deno.js';

/** Owns how the bindings under Node's own sockets are loaded: present and silent on Node 20 to 26 (DEP0111 is documentation only). */

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
  /** Whether handles can be told to read into memory of ours (`useUserBuffer`). */
  readonly readsInto: boolean;
  /** Makes a handle that the runtime's own modules have made as those that are made here. */
  readonly adapt: (handle: StreamHandle) => StreamHandle;
}

type Binding = Record<string, never>;

/** Null where the runtime does not have them or refuses (`--permission`). */
export function loadBindings(): Bindings | null {
  const load = bindingLoader();
  return load === null ? null : withoutWarning(() => collect(load));
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
    const native: Pick<Bindings, 'TCP' | 'Pipe'> = { TCP: tcp['TCP'], Pipe: pipe['Pipe'] };
    const bindings: Bindings = {
      ...(isDeno ? denoClasses(native) : { ...native, readsInto: true, adapt: (handle) => handle }),
      TCPConnectWrap: tcp['TCPConnectWrap'], PipeConnectWrap: pipe['PipeConnectWrap'],
      WriteWrap: stream['WriteWrap'], ShutdownWrap: stream['ShutdownWrap'],
      SOCKET: tcpConstants['SOCKET'], SERVER: tcpConstants['SERVER'],
      READABLE: pipeConstants['UV_READABLE'], WRITABLE: pipeConstants['UV_WRITABLE'],
      streamBaseState: stream['streamBaseState'], kReadBytesOrError: stream['kReadBytesOrError'],
      kBytesWritten: stream['kBytesWritten'], kLastWriteWasAsync: stream['kLastWriteWasAsync'],
      UV_EOF: uv['UV_EOF'] as number,
      owner: findOwnerSymbol(tcp['TCP']),
      get errors() {
        return (errors ??= (uv['getErrorMap'] as () => ErrnoMap)());
      },
      errno: (code) => (uv[`UV_${code}`] as number | undefined) ?? numberOf(code, bindings.errors),
    };
    return isUsable(bindings) ? bindings : null;
  } catch {
    return null;
  }
}

/** Deno has constants for a few only. */
function numberOf(code: string, errors: ErrnoMap): number {
  for (const [errno, [name]] of errors) {
    if (name === code) return errno;
  }
  throw new Error(`the runtime knows no ${code}`);
}

function isUsable(bindings: Bindings): boolean {
  const { TCP, Pipe, TCPConnectWrap, PipeConnectWrap, WriteWrap, ShutdownWrap, streamBaseState } = bindings;
  const { SOCKET, SERVER, kReadBytesOrError, kLastWriteWasAsync, UV_EOF } = bindings;
  const methods = [
    'readStart', 'readStop', 'writeBuffer', 'writev', 'writeUtf8String', 'shutdown', 'useUserBuffer', 'close', 'reset',
  ] as const;
  return (
    [TCP, Pipe, TCPConnectWrap, PipeConnectWrap, WriteWrap, ShutdownWrap].every((value) => typeof value === 'function') &&
    methods.every((name) => typeof (TCP.prototype as StreamHandle)[name] === 'function') &&
    ArrayBuffer.isView(streamBaseState) &&
    [SOCKET, SERVER, kReadBytesOrError, kLastWriteWasAsync, UV_EOF].every(Number.isInteger)
  );
}

/** The symbol under which Node looks for the owner of a handle; the setter of the old name `owner` sets it. */
function findOwnerSymbol(TCP: { readonly prototype: object }): symbol | null {
  const probe = Object.create(TCP.prototype) as { owner?: unknown };
  probe.owner = null;
  return Object.getOwnPropertySymbols(probe).find((symbol) => symbol.description === 'owner_symbol') ?? null;
}
