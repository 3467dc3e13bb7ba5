import { isPathEndpoint, type Endpoint } from '@netstrata/transport';
import type { OwnedHandle } from './handle-callbacks.js';
import { LibuvConnection } from './libuv-connection.js';
import type { LibuvContext } from './libuv-context.js';

/** A connection on a `Pipe` handle. Owns the paths of its ends as far as they are known: the handle cannot be asked where it is. */
export class PipeConnection extends LibuvConnection {
  readonly #localPath: Endpoint | null;
  #remotePath: Endpoint | null = null;

  constructor(uv: LibuvContext, handle: OwnedHandle, shares: boolean, localPath: Endpoint | null) {
    super(uv, handle, shares);
    this.#localPath = localPath;
  }

  override get local(): Endpoint | null { return this.native === null ? null : this.#localPath; }
  override get remote(): Endpoint | null { return this.native === null ? null : this.#remotePath; }

  override connecting(remote: Endpoint): void {
    this.#remotePath = isPathEndpoint(remote) ? remote : null;
  }
}
