import { once, type EventEmitter } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createNet } from '@netstrata/net-compat/core';
import { onTestFinished } from 'vitest';
import { tunnel, type TunnelOptions } from '../../src/tunnel/index.js';
import { Program } from './program.js';

/** A server that sends back what it gets; its port. */
export async function echo(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** A gateway as a process, which leads to a port of 127.0.0.1. */
export async function gatewayTo(port: number, ...args: readonly string[]) {
  const program = new Program(['--listen', '127.0.0.1:0', '--allow', `127.0.0.1:${port}`, ...args]);
  const { url, metrics } = await program.event('start');
  return { program, url: String(url), site: String(url).replace(/^ws/, 'http'), metrics: String(metrics) };
}

/** A net through a gateway. */
function through(url: string, options?: TunnelOptions) {
  const way = tunnel(url, options);
  onTestFinished(() => { way.close(); });
  return createNet({ tcp: way });
}

/** A connection through a gateway that has got its first bytes back. */
export async function talking(url: string, port: number, options?: TunnelOptions) {
  const socket = through(url, options).connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.write('hello');
  await once(socket, 'data');
  return socket;
}

/** How a connection ends: with an end, or the code of its error. */
export function outcome(socket: EventEmitter): Promise<string> {
  return new Promise((resolve) => {
    socket.once('end', () => { resolve('end'); }).once('error', ({ code }: NodeJS.ErrnoException) => { resolve(String(code)); });
  });
}

/** What became of a connection that could not be had. */
export function failure(url: string, port: number, options?: TunnelOptions): Promise<string> {
  const socket = through(url, options).connect(port, '127.0.0.1');
  return outcome(socket);
}
