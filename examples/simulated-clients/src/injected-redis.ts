import type { Duplex } from 'node:stream';
import { Redis, type RedisOptions } from 'ioredis';
import type { WorldHost } from '@netstrata/simulation';

type Connector = NonNullable<RedisOptions['Connector']>;

/** Has ioredis connect through the net of a host, by its option `Connector`: for where `register` is not wanted. */
function connectorOf(host: WorldHost): Connector {
  return class {
    #stream: Duplex | null = null;
    readonly #options: RedisOptions;
    firstError: Error | undefined;

    constructor(options: RedisOptions) {
      this.#options = options;
    }

    check(): boolean {
      return true;
    }

    connect(): Promise<Duplex> {
      const { host: name, port } = this.#options;
      const socket = host.net.connect({ host: name, port: port! }) as unknown as Duplex;
      socket.once('error', (error) => { this.firstError = error; });
      this.#stream = socket;
      return Promise.resolve(socket);
    }

    disconnect(): void {
      this.#stream?.end();
    }
  } as unknown as Connector;
}

export function injectedRedis(host: WorldHost, options: RedisOptions): Redis {
  return new Redis({ ...options, Connector: connectorOf(host) });
}
