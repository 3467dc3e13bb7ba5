 
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { connect, createServer, Server } from '../src/index.js';

it('connections is how many there are, null once one was sent to another process, and warns once', async () => {
  const warnings: unknown[] = [];
  const listener = (warning: Error & { code?: string }): void => void warnings.push([warning.name, warning.code]);
  process.on('warning', listener);
  const server = createServer((peer) => peer.resume());
  expect(server.connections).toBe(0);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  for (let seen = 0; seen < sockets.length; seen++) await once(server, 'connection');
  expect(server.connections).toBe(2);
  sockets[0].end();
  while (server.connections !== 1) await new Promise((resolve) => setImmediate(resolve));
  // As Node's child_process does for the first of them.
  (server as unknown as { _setupWorker(worker: object): void })._setupWorker(Object.assign(new EventEmitter(), { getConnections: () => {}, close: (done: () => void) => { done(); } }));
  expect(server.connections).toBeNull();
  sockets[1].destroy();
  await once(server.close(), 'close');
  process.off('warning', listener);
  expect(warnings).toEqual([['DeprecationWarning', 'DEP0020']]);
});

it('connections is seen by nobody who does not ask for it', () => {
  const server = createServer();
  expect(Object.keys(server)).not.toContain('connections');
  expect(Object.getOwnPropertyNames(Server.prototype)).not.toContain('connections');
  const seen: string[] = [];
  for (const key in server) seen.push(key);
  expect(seen).not.toContain('connections');
});

it('a program may keep its own there, as Node has nothing under that name', () => {
  class Counting extends Server {
    readonly open: Map<string, string>;

    constructor() {
      super();
      this.open = new Map();
      Reflect.set(this, 'connections', this.open);
    }
  }
  const server = new Counting();
  expect(server.connections).toBe(server.open);
  expect(Object.keys(server)).toContain('connections');
  expect(createServer().connections).toBe(0);
});
