import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { dial } from '../src/index.js';
import { closeCodeOf, frame, rawClient, requestOf, statusOf } from './support/raw-client.js';
import { Recorder } from './support/recorder.js';
import { serve } from './support/served.js';

/** What the other side does, and whether that is an end. */
const endings: readonly (readonly [string, (socket: WebSocket) => void, boolean])[] = [
  ['closes with 1000', (socket) => { socket.close(1000); }, true],
  ['closes without a code', (socket) => { socket.close(); }, false],
  ['goes away (1001)', (socket) => { socket.close(1001); }, false],
  ['has an error of its own (1011)', (socket) => { socket.close(1011); }, false],
  ['closes with a code of an application', (socket) => { socket.close(4000, 'reset'); }, false],
  ['is cut off', (socket) => { socket.terminate(); }, false],
];

function expectEnding({ events, error }: Recorder, isEnd: boolean): void {
  expect(events.includes('end')).toBe(isEnd);
  expect(error?.code).toBe(isEnd ? undefined : 'ECONNRESET');
  if (!isEnd) expect(error).toMatchObject({ syscall: 'read' });
}

describe('a peer that', () => {
  it.each(endings)('%s, where it was dialled', async (_what, leave, isEnd) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => server.close());
    await once(server, 'listening');
    server.on('connection', (socket) => {
      socket.send(Buffer.from('all of it'), () => { leave(socket); });
    });
    const sink = new Recorder();
    const connection = dial(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, sink);
    connection.readStart();
    await sink.event('end');
    expect(sink.text).toBe('all of it');
    expectEnding(sink, isEnd);
    connection.close();
    await sink.event('close');
  });

  it.each(endings)('%s, where it was accepted', async (_what, leave, isEnd) => {
    const served = await serve();
    const socket = new WebSocket(served.url);
    socket.on('open', () => { socket.send(Buffer.from('all of it'), () => { leave(socket); }); });
    socket.on('error', () => {});
    const { connection, sink } = await served.accepted();
    await sink.event('end');
    expect(sink.text).toBe('all of it');
    expectEnding(sink, isEnd);
    connection.close();
    await sink.event('close');
  });
});

describe('what a peer is told', () => {
  /** Both ends, and the code with which the end of `ws` was closed. */
  async function closed(how: (accepted: Awaited<ReturnType<Awaited<ReturnType<typeof serve>>['accepted']>>) => unknown): Promise<number> {
    const served = await serve({}, undefined, false);
    const socket = new WebSocket(served.url);
    const [[code]] = await Promise.all([
      once(socket, 'close') as Promise<[number]>,
      (async () => {
        const accepted = await served.accepted();
        await how(accepted);
      })(),
      once(socket, 'open').then(() => { socket.send(Buffer.from('hello')); }),
    ]);
    return code;
  }

  it('of close, when everything was read: an end', async () => {
    expect(await closed(async ({ connection, sink }) => {
      connection.readStart();
      await sink.event('data');
      connection.close();
    })).toBe(1000);
  });

  it('of close, when something was not read: a reset', async () => {
    const served = await serve({}, undefined, false);
    const client = await rawClient(served.port);
    // Both arrive together: one is read, and the other is there.
    client.socket.write(Buffer.concat([Buffer.from(requestOf(served.port)), frame(Buffer.from('one')), frame(Buffer.from('two'))]));
    const { connection, sink } = await served.accepted();
    sink.onData = (chunk) => {
      sink.chunks.push(chunk);
      connection.close();
    };
    connection.readStart();
    await client.closed;
    expect(sink.text).toBe('one');
    expect(statusOf(client.received())).toBe(101);
    expect(closeCodeOf(client.received())).toBeNull();
  });

  it('of shutdown: an end, behind everything', async () => {
    expect(await closed(({ connection }) => {
      connection.write(Buffer.from('bye'));
      connection.shutdown();
    })).toBe(1000);
  });

  it('of abort: nothing, the connection is cut', async () => {
    expect(await closed(({ connection }) => { connection.abort(); })).toBe(1006);
  });
});
