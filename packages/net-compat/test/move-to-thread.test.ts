import * as builtin from 'node:net';
import { once } from 'node:events';
import { MessageChannel, Worker, type Transferable } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import * as compat from '../src/index.js';

type Net = typeof builtin;
const ours = compat as unknown as Net;
const moves = Object.getOwnPropertySymbols(builtin.Socket.prototype).some(({ description }) => description === 'messaging_transfer_symbol');

const thread = `
const { parentPort } = require('node:worker_threads');
parentPort.once('message', ({ server, socket }) => {
  if (socket !== undefined) socket.on('data', (chunk) => socket.end('thread: ' + chunk));
  else server.on('connection', (peer) => peer.end('from the thread'));
});`;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function start(): Worker {
  const worker = new Worker(thread, { eval: true });
  cleanups.push(() => worker.terminate());
  return worker;
}

async function listen(net: Net, options: builtin.ServerOpts): Promise<builtin.Server> {
  const server = net.createServer(options).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return server;
}

const move = (worker: { postMessage(value: unknown, list: readonly Transferable[]): void }, message: object): void => {
  worker.postMessage(message, Object.values(message) as Transferable[]);
};

async function ask(port: number, text: string): Promise<string> {
  const client = builtin.connect(port, '127.0.0.1').setEncoding('utf8');
  client.write(text);
  let answer = '';
  for await (const part of client) answer += part as string;
  return answer;
}

async function movedServer(net: Net): Promise<unknown[]> {
  const server = await listen(net, {});
  const { port } = server.address() as builtin.AddressInfo;
  move(start(), { server });
  const left = [server.listening, server.address()];
  return [...left, await ask(port, 'hello')];
}

async function movedSocket(net: Net): Promise<unknown[]> {
  const server = await listen(net, { pauseOnConnect: true });
  const answer = ask((server.address() as builtin.AddressInfo).port, 'hello');
  const [socket] = (await once(server, 'connection')) as [builtin.Socket];
  const closed = once(socket, 'close');
  move(start(), { socket });
  return [socket.destroyed, (socket as unknown as { _handle: unknown })._handle, await closed, await answer];
}

// With libuv's handles: on the host driver a listener underneath would keep what it gave away.
describe.skipIf(!moves || process.env['NETSTRATA_DRIVER'] === 'host')('what a worker thread can take over', () => {
  it('a server goes on there', async () => {
    expect(await movedServer(ours)).toEqual(await movedServer(builtin));
  });

  it('a connection that nobody has read from goes on there', async () => {
    expect(await movedSocket(ours)).toEqual(await movedSocket(builtin));
  });

  it('is refused when it is not listening', () => {
    const refused = (net: Net): unknown => {
      const { port1 } = new MessageChannel();
      try {
        move(port1, { server: net.createServer() });
      } catch (error) {
        return [(error as NodeJS.ErrnoException).code, (error as Error).message];
      } finally {
        port1.close();
      }
      return 'moved';
    };
    expect(refused(ours)).toEqual(refused(builtin));
    expect(refused(ours)).not.toBe('moved');
  });
});
