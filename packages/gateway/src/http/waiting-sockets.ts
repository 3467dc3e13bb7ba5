import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { rateLimitKey } from '@netstrata/ip-utils/client-address';

/** Of one client. */
const MOST = 64;

/**
 * Connections that are no WebSockets (yet), by address, of IPv6 by /64: one client that opens connections and says nothing leaves room for
 * others.
 */
export class WaitingSockets {
  readonly #most: number;
  readonly #isProxy: (address: string) => boolean;
  readonly #counts = new Map<string, number>();
  /** Whom each is counted for. With TLS a request has another socket than its connection: address and port are the same. */
  readonly #waiting = new Map<string, string>();

  /** @param isProxy whether an address is that of a proxy, which has as many as there may be */
  constructor(isProxy: (address: string) => boolean = () => false, most = MOST) {
    this.#most = most;
    this.#isProxy = isProxy;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => this.#arrived(socket));
  }

  /** It has become a WebSocket: others limit those. */
  upgraded(socket: Socket): void {
    this.#done(placeOf(socket));
  }

  #arrived(socket: Socket): void {
    const address = socket.remoteAddress;
    if (address === undefined || this.#isProxy(address)) return;
    const client = rateLimitKey(address) ?? address;
    const count = this.#counts.get(client) ?? 0;
    if (count >= this.#most) {
      socket.destroy();
      return;
    }
    const place = placeOf(socket);
    this.#counts.set(client, count + 1);
    this.#waiting.set(place, client);
    socket.once('close', () => this.#done(place));
  }

  #done(place: string): void {
    const client = this.#waiting.get(place);
    if (client === undefined) return;
    this.#waiting.delete(place);
    const count = this.#counts.get(client)! - 1;
    if (count === 0) this.#counts.delete(client);
    else this.#counts.set(client, count);
  }
}

const placeOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
