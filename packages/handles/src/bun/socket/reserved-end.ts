import { isPathEndpoint, systemError, type Endpoint, type InetEndpoint, type OpenOptions } from '@netstrata/transport';
import { bun, codeOf, type BunServer, type BunSocket } from './bun-api.js';

/**
 * Owns a near end that is bound before it is dialled from. Bun binds nothing without listening or connecting: a listener holds the
 * address and the port, and goes when the dial begins. A path is only remembered.
 */
export class ReservedEnd {
  readonly local: Endpoint;
  #holder: BunServer | null = null;

  /** Throws a system error of `bind`. */
  constructor(local: Endpoint, options: OpenOptions) {
    if (isPathEndpoint(local)) {
      this.local = local;
      return;
    }
    try {
      this.#holder = bun.listen({
        hostname: local.address, port: local.port, ipv6Only: options.ipv6Only === true, reusePort: options.reusePort === true,
        socket: { data() {}, open(socket: BunSocket) { socket.terminate(); } },
      });
    } catch (error) {
      throw systemError({ code: codeOf(error), syscall: 'bind', endpoint: local });
    }
    this.#holder.unref();
    this.local = inetOf(this.#holder);
  }

  /** Where to dial from, which is free from now on; null for a path. */
  release(): InetEndpoint | null {
    this.#holder?.stop(true);
    this.#holder = null;
    return isPathEndpoint(this.local) ? null : this.local;
  }
}

/** Where a listener of Bun's is. */
export function inetOf(server: BunServer): InetEndpoint {
  const out = {} as InetEndpoint;
  server.getsockname(out);
  return { address: out.address, port: out.port, family: out.family };
}
