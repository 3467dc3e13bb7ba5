import { isPathEndpoint, systemError, type Acceptor, type Endpoint, type Listener, type ListenEndpoint } from '@netstrata/transport';
import { pathOf } from '../native/native-handle.js';
import type { StreamHandle } from './binding/bindings.js';
import { connectionOver } from './connection/connection-over.js';
import type { HandleTools } from './connection/libuv-context.js';
import { endpointOf } from './binding/endpoint-of.js';

const listenerOf = Symbol('netstrata.listener');

/** The handle listens already: a Windows pipe may not be told twice. */
const listens = Symbol('netstrata.listens');

interface ListeningHandle extends StreamHandle {
  [listenerOf]?: LibuvListener | undefined;
  [pathOf]?: Endpoint;
  [listens]?: true | undefined;
}

/** Where it was that listening failed, for the error. */
type Place = { readonly endpoint: ListenEndpoint } | { readonly address: string | null; readonly port?: number };

/** A listener on a `TCP` or `Pipe` handle, or on what a cluster's primary gives in its place. */
export class LibuvListener implements Listener {
  readonly #uv: HandleTools;
  readonly #acceptor: Acceptor;
  #handle: ListeningHandle | null = null;
  #closed = false;
  #unreferenced = false;
  /** Runs when connections are being accepted: a cluster's primary wants to be told. */
  onListening: (() => void) | null = null;

  constructor(uv: HandleTools, acceptor: Acceptor) {
    this.#uv = uv;
    this.#acceptor = acceptor;
  }

  get native(): unknown { return this.#handle; }
  get local(): Endpoint | null { return this.#handle?.[pathOf] ?? endpointOf(this.#handle, 'getsockname'); }
  get closed(): boolean { return this.#closed; }

  /** Accepts on a handle that is bound. Reports from a later tick. */
  start(handle: StreamHandle, endpoint: ListenEndpoint | null, backlog: number): void {
    const own: ListeningHandle = handle;
    this.#handle = own;
    if (endpoint !== null && isPathEndpoint(endpoint)) own[pathOf] = endpoint;
    own[listenerOf] = this;
    this.#setOwner(own);
    own.onconnection = onconnection;
    const status = own[listens] === true ? 0 : own.listen(backlog);
    if (status !== 0) {
      this.fail(status, 'listen', endpoint === null ? { address: null } : { endpoint });
      return;
    }
    own[listens] = true;
    if (this.#unreferenced) own.unref();
    process.nextTick(reportListening, this);
  }

  /** Node's cluster closes what owns the handles of a worker that disconnects; `process._getActiveHandles` shows it. */
  #setOwner(handle: ListeningHandle): void {
    const { owner } = this.#uv.bindings;
    if (owner === null) return;
    (handle as unknown as Record<symbol, unknown>)[owner] = this.#acceptor.owner ?? {
      close: (done?: () => void): void => {
        this.close();
        done?.();
      },
    };
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
    if (status !== 0 || client === undefined) {
      this.#acceptor.onAcceptError(systemError({ errno: status, errors: this.#uv.bindings.errors, syscall: 'accept' }));
      return;
    }
    this.#acceptor.onConnection(connectionOver(this.#uv, client, this.#handle?.[pathOf] ?? null));
  }

  /** It cannot listen: what there is of it goes, and the acceptor hears why, from a later tick. */
  fail(errno: number, syscall: string, where: Place): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handle?.close();
    this.#handle = null;
    const error = systemError({ errno, errors: this.#uv.bindings.errors, syscall, ...where });
    process.nextTick(reportClose, this.#acceptor, error);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const handle = this.#handle;
    this.#handle = null;
    if (handle !== null) handle[listens] = undefined;
    // What a cluster's primary gives may be no handle at all: such a thing calls nobody back.
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
    // Node's cluster has put its own there before it takes the handle.
    if (handle.onconnection === onconnection) handle.onconnection = refuse;
    return handle;
  }

  ref(): void {
    this.#unreferenced = false;
    this.#handle?.ref();
  }

  unref(): void {
    this.#unreferenced = true;
    this.#handle?.unref();
  }
}

function onconnection(this: ListeningHandle, status: number, client: StreamHandle | undefined): void {
  this[listenerOf]?.accepted(status, client);
}

function refuse(this: StreamHandle, _status: number, client: StreamHandle | undefined): void {
  client?.close();
}

function reportListening(listener: LibuvListener): void {
  listener.reportListening();
}

function reportClose(acceptor: Acceptor, error: Error | null): void {
  acceptor.onClose(error);
}
