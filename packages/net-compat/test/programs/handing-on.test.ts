import { fork, spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import http2 from 'node:http2';
import * as builtin from 'node:net';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import * as compat from '../../src/index.js';
import { freshPath } from '@netstrata/config/fresh-path';

const ours = compat as unknown as typeof builtin;
const ignore = (): void => {};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Pair {
  readonly socket: builtin.Socket;
  readonly peer: builtin.Socket;
  /** Waits until the peer has received so many bytes, and gives all that it has. */
  readonly received: (size: number) => Promise<string>;
}

/** A connection of ours, accepted and not yet read from, and its peer, the builtin's, which collects. */
async function connection(medium: 'TCP' | 'a path' = 'TCP'): Promise<Pair> {
  const server = ours.createServer({ pauseOnConnect: true }).listen(medium === 'TCP' ? { port: 0, host: '127.0.0.1' } : { path: freshPath() });
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[builtin.Socket]>;
  const address = server.address();
  const peer = typeof address === 'string' ? builtin.connect(address) : builtin.connect((address as builtin.AddressInfo).port, '127.0.0.1');
  const [socket] = await accepted;
  socket.on('error', ignore);
  let text = '';
  peer.on('error', ignore).on('data', (data: Buffer) => {
    text += data.toString('latin1');
  });
  cleanups.push(() => server.close(), () => peer.destroy(), () => socket.destroy());
  return { socket, peer, received: async (size) => {
    while (text.length < size) await once(peer, 'data');
    return text;
  } };
}

function write(socket: builtin.Socket): void {
  for (const text of ['A', 'B', 'C']) socket.write(text);
}

/** What the peer receives when a socket is handed on behind three writes: ten bytes of it. */
async function handedOn(how: (socket: builtin.Socket, peer: builtin.Socket) => unknown, medium?: 'TCP' | 'a path'): Promise<string> {
  const { socket, peer, received } = await connection(medium);
  write(socket);
  const done = how(socket, peer);
  const text = await received(10);
  await done;
  return text.slice(0, 10);
}

const print = ['-e', 'process.stdout.write("DEFGHIJ")'];

describe('what was written before a socket is handed on comes first', () => {
  it('when it becomes the output of a child', async () => {
    const how = (socket: builtin.Socket): unknown => once(spawn(process.execPath, print, { stdio: ['ignore', socket, 'inherit'] }), 'exit');
    expect(await handedOn(how, 'a path')).toBe('ABCDEFGHIJ');
  });

  it.skipIf(process.platform === 'win32')('when its descriptor becomes the output of a child that is waited for', async () => {
    const how = (socket: builtin.Socket): unknown => spawnSync(process.execPath, print, { stdio: ['ignore', descriptor(socket), 'inherit'] });
    expect(await handedOn(how)).toBe('ABCDEFGHIJ');
  });

  it.skipIf(process.platform === 'win32')('when its descriptor is written to', async () => {
    expect(await handedOn((socket) => writeSync(descriptor(socket), 'DEFGHIJ'))).toBe('ABCDEFGHIJ');
  });

  it('when a child is sent it', async () => {
    const file = fileURLToPath(new URL('../fixtures/child.mjs', import.meta.url));
    const child = fork(file, ['builtin'], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as StdioOptions });
    cleanups.push(() => child.kill('SIGKILL'));
    await once(child, 'message');
    expect(await handedOn(sendTo(child))).toBe('ABCchild: ');
  });

  it('when a worker of a cluster is sent it', async () => {
    cluster.setupPrimary({ exec: fileURLToPath(new URL('../fixtures/child.mjs', import.meta.url)), args: ['builtin'], execArgv: [] });
    const worker = cluster.fork();
    cleanups.push(() => worker.process.kill('SIGKILL'));
    await once(worker, 'message');
    expect(await handedOn(sendTo(worker.process))).toBe('ABCchild: ');
  });

  // A thread is not sent a connection that has written: node:net refuses.

  it('when it becomes another Socket, of ours or the builtin', async () => {
    expect(await handedOn((socket) => new ours.Socket({ handle: socket } as object).write('DEFGHIJ'))).toBe('ABCDEFGHIJ');
    expect(await handedOn((socket) => new builtin.Socket({ handle: (socket as unknown as { _handle: unknown })._handle } as object).write('DEFGHIJ'))).toBe('ABCDEFGHIJ');
  });

  it('when TLS goes on with it', async () => {
    const secure = (make: (socket: builtin.Socket) => tls.TLSSocket) => (socket: builtin.Socket) => void make(socket).on('error', ignore).write('secret');
    const hello = /^ABC\x16\x03/;
    expect(await handedOn(secure((socket) => tls.connect({ socket })))).toMatch(hello);
    expect(await handedOn(secure((socket) => new tls.TLSSocket(socket)))).toMatch(hello);
  });

  it('when HTTP/2 goes on with it', async () => {
    const how = (socket: builtin.Socket): void => {
      const session = http2.connect('http://example.test', { createConnection: () => socket });
      session.on('error', ignore);
      cleanups.push(() => session.destroy());
    };
    expect(await handedOn(how)).toBe('ABCPRI * H');
  });
});

function descriptor(socket: builtin.Socket): number {
  return (socket as unknown as { _handle: { fd: number } })._handle.fd;
}

/** The child answers what the peer writes. */
function sendTo(child: ChildProcess) {
  return (socket: builtin.Socket, peer: builtin.Socket): void => {
    child.send('socket', socket);
    peer.write('hello');
  };
}
