import { systemError, type Acceptor, type Endpoint, type Listener, type ListenEndpoint, type ListenerOptions } from '@netstrata/transport';
import { notedPath, notePath } from '../../native/native-handle.js';
import { hasFailed, type StreamHandle } from '../../native/stream-handle.js';
import { endpointOf } from '../binding/endpoint-of.js';
import { connectionOver } from '../connection/connection-over.js';
import type { LibuvContext } from '../connection/libuv-context.js';

const DEFAULT_BACKLOG = 511;

const listenerOf = Symbol('netstrata.listener');

/** The handle listens already: a Windows pipe may not be told twice. */
const listens = Symbol('netstrata.listens');

interface ListeningHandle extends StreamHandle {
  [listenerOf]?: LibuvListener | undefined;
  [listens]?: true | undefined;
}

/** Where it was that listening failed, for the error. */
type Place = { readonly endpoint: ListenEndpoint } | { readonly address: string | null; readonly port?: number };

/** Owns a `TCP` or `Pipe` handle that listens, or what a cluster's primary gives instead. */
export class LibuvListener implements Listener {
  readonly #uv: LibuvContext;
  readonly #acceptor: Acceptor;
  #handle: ListeningHandle | null = null;
  #closed = false;
  #unreferenced = false;
  failure: Error | null = null;
  /** Runs when connections are being accepted: for the primary of a cluster. */
  onListening: (() => void) | null = null;

  constructor(uv: LibuvContext, acceptor: Acceptor) {
    this.#uv = uv;
    this.#acceptor = acceptor;
  }

  get native(): unknown { return this.#handle; }
  get local(): Endpoint | null { return notedPath(this.#handle) ?? endpointOf(this.#handle, 'getsockname'); }
  get closed(): boolean { return this.#closed; }
  get owner(): unknown { return this.#acceptor.owner; }

  /** Accepts on a handle that is bound. Reports from a later tick. */
  start(bound: StreamHandle, endpoint: ListenEndpoint | null, options: ListenerOptions): void {
    const handle: ListeningHandle = bound;
    this.#handle = handle;
    notePath(handle, endpoint);
    handle[listenerOf] = this;
    this.#setOwner(handle);
    handle.onconnection = onconnection;
    const status = handle[listens] === true ? 0 : handle.listen(options.backlog ?? DEFAULT_BACKLOG);
    if (hasFailed(status)) {
      this.fail(status, 'listen', endpoint === null ? { address: null } : { endpoint });
      return;
    }
    handle[listens] = true;
    if (this.#unreferenced) handle.unref?.();
    process.nextTick(reportListening, this);
  }

  /** Node's cluster closes what owns the handles of a worker that disconnects; `process._getActiveHandles` shows it. */
  #setOwner(handle: ListeningHandle): void {
    this.#uv.setOwner(handle, this.#acceptor.owner ?? {
      close: (done?: () => void): void => {
        this.close();
        done?.();
      },
    });
  }

  /** @internal */
  reportListening(): void {
    if (this.#closed) return;
    this.onListening?.();
    this.#acceptor.onListening();
  }

  /** @internal */
  accepted(status: number, client: StreamHandle | undefined): void {
    if (this.#closed) {
      client?.close();
      return;
    }
    if (hasFailed(status) || client === undefined) {
      this.#acceptor.onAcceptError(systemError({ errno: status, errors: this.#uv.bindings.errors, syscall: 'accept' }));
      return;
    }
    this.#acceptor.onConnection(connectionOver(this.#uv, client, notedPath(this.#handle)));
  }

  /** It cannot listen: what there is of it goes, and the acceptor gets the reason, from a later tick. */
  fail(errno: number, syscall: string, where: Place): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handle?.close();
    this.#handle = null;
    this.failure = systemError({ errno, errors: this.#uv.bindings.errors, syscall, ...where });
    process.nextTick(reportClose, this.#acceptor, this.failure);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const handle = this.#handle;
    this.#handle = null;
    if (handle !== null) handle[listens] = undefined;
    // What a cluster's primary gives may be no handle at all: such a thing has no callback.
    const isHandle = typeof handle?.getAsyncId === 'function';
    handle?.close(isHandle ? () => { this.#acceptor.onClose(null); } : undefined);
    if (!isHandle) process.nextTick(reportClose, this.#acceptor, null);
  }

  detach(): unknown {
    const handle = this.#handle;
    if (handle === null) return null;
    this.#closed = true;
    this.#handle = null;
    handle[listenerOf] = undefined;
    return handle;
  }

  ref(): void {
    this.#unreferenced = false;
    this.#handle?.ref?.();
  }

  unref(): void {
    this.#unreferenced = true;
    this.#handle?.unref?.();
  }
}

function onconnection(this: ListeningHandle, status: number, client: StreamHandle | undefined): void {
  const listener = this[listenerOf];
  // Whoever was given the handle has put another function there, or will.
  if (listener === undefined) client?.close();
  else listener.accepted(status, client);
}

function reportListening(listener: LibuvListener): void {
  listener.reportListening();
}

function reportClose(acceptor: Acceptor, error: Error | null): void {
  acceptor.onClose(error);
}
