import { isPathEndpoint, type Endpoint } from '@netstrata/transport';
import type { HandleTools } from './libuv-context.js';
import { LibuvConnection } from './libuv-connection.js';
import type { OwnedHandle } from './handle-callbacks.js';

/** A connection on a `Pipe` handle, which cannot be asked where it is: what it was dialled or accepted at is remembered. */
export class PipeConnection extends LibuvConnection {
  readonly #localPath: Endpoint | null;
  #remotePath: Endpoint | null = null;

  constructor(uv: HandleTools, handle: OwnedHandle, localPath: Endpoint | null) {
    super(uv, handle);
    this.#localPath = localPath;
  }

  override get local(): Endpoint | null { return this.native === null ? null : this.#localPath; }
  override get remote(): Endpoint | null { return this.native === null ? null : this.#remotePath; }

  override dialled(remote: Endpoint): void {
    this.#remotePath = isPathEndpoint(remote) ? remote : null;
  }
}
