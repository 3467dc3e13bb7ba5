import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createGateway, type Client, type Destination, type Gateway, type GatewayEvents, type GatewayOptions } from '../../src/index.js';
import { tunnel, type Tunnel, type TunnelOptions } from '../../src/tunnel/index.js';

/** What a gateway has told, a line for each event. */
class Log implements Required<GatewayEvents> {
  readonly lines: string[] = [];
  readonly #waiting: { readonly pattern: RegExp; readonly resolve: (line: string) => void }[] = [];

  #add(line: string): void {
    this.lines.push(line);
    for (const one of this.#waiting.filter(({ pattern }) => pattern.test(line))) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.resolve(line);
    }
  }

  /** The first line that matches, now or later. */
  seen(pattern: RegExp): Promise<string> {
    const line = this.lines.find((one) => pattern.test(one));
    return line === undefined ? new Promise((resolve) => this.#waiting.push({ pattern, resolve })) : Promise.resolve(line);
  }

  notice(text: string): void {
    this.#add(`notice ${text}`);
  }

  carrierRefused(address: string | null, status: number, reason: string): void {
    this.#add(`carrier refused ${address} ${status} ${reason}`);
  }

  carrierOpened({ id }: Client): void {
    this.#add(`carrier opened ${id}`);
  }

  carrierClosed({ id }: Client, error: Error | null): void {
    this.#add(`carrier closed ${id} ${error?.message ?? 'in order'}`);
  }

  streamOpened({ id }: Client, to: Destination, address: string | null): void {
    this.#add(`stream opened ${id} ${to.host}:${to.port} at ${address}`);
  }

  streamRefused({ id }: Client, to: Destination | null, reason: string): void {
    this.#add(`stream refused ${id} ${to?.host}:${to?.port} ${reason}`);
  }

  streamClosed({ id }: Client, to: Destination, { received, sent }: { received: number; sent: number }): void {
    this.#add(`stream closed ${id} ${to.host}:${to.port} received ${received} sent ${sent}`);
  }
}

export interface Served {
  readonly gateway: Gateway;
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  readonly log: Log;
}

/** A gateway behind an HTTP server of its own, on the loopback. The server keeps no process alive. */
export async function served(options: GatewayOptions = {}): Promise<Served> {
  const server = createServer((_, response) => response.end('not a WebSocket'));
  const log = new Log();
  const gateway = createGateway({ events: log, ...options, server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { gateway, server, url: `ws://127.0.0.1:${port}/`, port, log };
}

/** The same, until the end of the test. */
export async function gatewayFor(options: GatewayOptions = {}): Promise<Served> {
  const all = await served(options);
  onTestFinished(() => {
    all.gateway.close();
    all.server.closeAllConnections();
    all.server.close();
  });
  return all;
}

/** A tunnel until the end of the test. */
export function tunnelFor(url: string, options?: TunnelOptions): Tunnel {
  const made = tunnel(url, options);
  onTestFinished(() => { made.close(); });
  return made;
}
