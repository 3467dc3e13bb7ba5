import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNetwork } from '@netstrata/transport-memory';
import * as net from '@netstrata/net-compat';
import { createNet } from '@netstrata/net-compat';
import { promisesOf, type NetPromises } from '@netstrata/net-compat/promises';

/** Where a test runs: a net for the server, one for its clients, and a place to listen at. */
export interface Place {
  readonly name: string;
  readonly server: NetPromises;
  readonly client: NetPromises;
  readonly at: () => { port: number } | { path: string };
}

let count = 0;
const memory = createNetwork();
const [web, laptop] = [createNet(memory.host('web', '10.0.0.1')), createNet(memory.host('laptop', '10.0.0.2'))];
const system = promisesOf(net);

export const places: readonly Place[] = [
  { name: 'TCP', server: system, client: system, at: () => ({ port: 0 }) },
  { name: 'a path', server: system, client: system, at: () => ({ path: join(tmpdir(), `netstrata-promises-${process.pid}-${count++}.sock`) }) },
  { name: 'a network in memory', server: promisesOf(web), client: promisesOf(laptop), at: () => ({ port: 4000 + count++ }) },
];

/** What to connect to, to reach a server. */
export function to(server: net.Server): net.ConnectOptions {
  const address = server.address();
  if (typeof address === 'string') return { path: address };
  const { port, address: host } = address as net.AddressInfo;
  return { port, host: host === '::' && port >= 4000 && port < 5000 ? '10.0.0.1' : '127.0.0.1' };
}

/** What a socket receives until its peer ends. */
export function received(socket: net.Socket): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const end = (): void => { resolve(text); };
    socket.on('data', (chunk) => { text += String(chunk); }).on('end', end).on('close', end).on('error', () => {});
  });
}
