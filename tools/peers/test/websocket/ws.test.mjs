import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { dial } from '@netstrata/transport-websocket';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { pump, Sink, site } from './support/ends.mjs';

const bytes = randomBytes(1_000_000);

describe('a plain client of ws', () => {
  it('sends and receives, with compression that it offers in vain', async () => {
    const { port, next } = await site();
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: true });
    const { connection, sink } = await next();
    connection.readStart();
    if (socket.readyState !== WebSocket.OPEN) await once(socket, 'open');
    expect(socket.extensions).toBe('');
    const got = [];
    socket.on('message', (message) => got.push(message));
    socket.send(bytes);
    await sink.until(() => sink.length === bytes.length);
    expect(sink.bytes.equals(bytes)).toBe(true);
    await pump({ connection, sink }, bytes);
    connection.shutdown();
    const [code] = await once(socket, 'close');
    expect(code).toBe(1000);
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
    expect(Math.max(...got.map(({ length }) => length))).toBeLessThanOrEqual(65_536);
  });

  it('is answered when it pings', async () => {
    const { port } = await site();
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    socket.ping('there?');
    expect(String((await once(socket, 'pong'))[0])).toBe('there?');
    socket.terminate();
  });
});

describe('a plain server of ws', () => {
  it('is dialled, sends and receives', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: true });
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    server.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
    const sink = new Sink();
    const connection = dial(`ws://127.0.0.1:${server.address().port}`, sink);
    await sink.event('connect');
    connection.readStart();
    await pump({ connection, sink }, bytes);
    await sink.until(() => sink.length === bytes.length);
    expect(sink.bytes.equals(bytes)).toBe(true);
    connection.shutdown();
    await sink.event('end');
    expect(sink.error).toBeNull();
  });
});
