import { WRITE_DONE, WRITE_PENDING } from '@netstrata/stream-core';
import { describe, expect, it } from 'vitest';
import { dial, type WebSocketOptions } from '../src/browser.js';
import { Clock } from './support/clock.js';
import { OwnWebSocket } from './support/own-web-socket.js';
import { Recorder } from './support/recorder.js';

function opened(options?: WebSocketOptions) {
  const clock = new Clock();
  const sink = new Recorder();
  const connection = dial('ws://gateway.example/', sink, { WebSocket: OwnWebSocket, clock, ...options });
  const socket = OwnWebSocket.last;
  socket.open();
  return { connection, sink, socket, clock };
}

describe('over the WebSocket of a browser', () => {
  it('a write stays pending while much waits to be sent, and a timer looks again', async () => {
    const { connection, sink, socket, clock } = opened();
    await sink.event('connect');
    expect(clock.pending).toBe(0);
    expect(connection.write(new Uint8Array(1000))).toBe(WRITE_DONE);
    expect(clock.pending).toBe(0);
    expect(connection.write(new Uint8Array(300_000))).toBe(WRITE_PENDING);
    expect(socket.sent.map(({ length }) => length)).toEqual([1000, 65_536, 65_536, 65_536, 65_536, 37_856]);
    clock.pass(1000);
    expect([sink.events, clock.pending]).toEqual([['connect'], 1]);
    socket.drain();
    clock.pass(32);
    await sink.event('writeDone');
    expect(clock.pending).toBe(0);
  });

  it('a message from the other side is another occasion to look, for pages whose timers are slow', async () => {
    const { connection, sink, socket } = opened();
    await sink.event('connect');
    connection.write(new Uint8Array(300_000));
    socket.drain();
    socket.bring(Uint8Array.of(1));
    await sink.event('writeDone');
  });

  it('what arrives while nobody reads is kept, small messages together', async () => {
    const { connection, sink, socket } = opened();
    await sink.event('connect');
    for (let i = 0; i < 100_000; i++) socket.bring(Uint8Array.of(i));
    connection.readStart();
    await sink.until(() => sink.received === 100_000);
    expect(sink.chunks.length).toBeLessThan(30);
    let at = 0;
    for (const chunk of sink.chunks) {
      expect([chunk.byteOffset, chunk.length]).toEqual([0, chunk.buffer.byteLength]);
      for (const byte of chunk) if (byte !== (at++ & 0xff)) expect.fail(`byte ${at - 1} is ${byte}`);
    }
  });

  it('more than is kept ends the connection', async () => {
    const { sink, socket } = opened({ maxUnread: 1000 });
    await sink.event('connect');
    socket.bring(new Uint8Array(1000));
    socket.bring(new Uint8Array(1));
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'ENOBUFS', syscall: 'read' });
    expect(socket.closedWith).toBe(4003);
    socket.bring(new Uint8Array(1000));
    socket.end(4003);
    expect(sink.events).toEqual(['connect', 'close']);
  });

  it('a text message ends the connection', async () => {
    const { sink, socket, connection } = opened();
    await sink.event('connect');
    connection.readStart();
    socket.bring('text');
    await sink.event('close');
    expect([sink.error?.code, socket.closedWith]).toEqual(['EPROTO', 4003]);
  });

  it('what had arrived before a reset comes first, where somebody reads', async () => {
    const { sink, socket, connection } = opened();
    await sink.event('connect');
    connection.readStart();
    socket.bring(Uint8Array.of(1));
    socket.end(1006);
    await sink.event('close');
    expect(sink.events).toEqual(['connect', 'data', 'close']);
    expect(sink.error?.code).toBe('ECONNRESET');
  });

  it('a write to a peer that has ended fails', async () => {
    const { sink, socket, connection } = opened();
    await sink.event('connect');
    connection.readStart();
    socket.end(1000);
    await sink.event('end');
    expect(connection.write(Uint8Array.of(1))).toBe(WRITE_PENDING);
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'EPIPE', syscall: 'write' });
    expect(socket.sent).toEqual([]);
  });

  it('abort says so with a code of its own, and close with 1000', async () => {
    for (const [how, code] of [['abort', 4000], ['close', 1000]] as const) {
      const { sink, socket, connection } = opened();
      await sink.event('connect');
      connection[how]();
      await sink.event('close');
      expect([socket.closedWith, sink.error]).toEqual([code, null]);
    }
  });

  it('nobody waits for a connection for ever', async () => {
    const clock = new Clock();
    const sink = new Recorder();
    dial('ws://gateway.example/', sink, { WebSocket: OwnWebSocket, clock, timeout: 5000 });
    clock.pass(4999);
    await Promise.resolve();
    expect(sink.events).toEqual([]);
    clock.pass(1);
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', address: 'gateway.example', port: 80 });
    expect(OwnWebSocket.last.readyState).toBe(2);
  });

  it('a failure of which nothing is told is a refusal', async () => {
    const sink = new Recorder();
    dial('wss://gateway.example/', sink, { WebSocket: OwnWebSocket, clock: new Clock() });
    OwnWebSocket.last.tell('error', {});
    OwnWebSocket.last.end(1006);
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: 'gateway.example', port: 443 });
    expect(sink.events).toEqual(['close']);
  });

  it('a token is a subprotocol beside one that may be chosen', () => {
    opened({ token: 'secret' });
    expect(OwnWebSocket.last.protocols).toEqual(['netstrata.1', 'netstrata.token.c2VjcmV0']);
    opened({ token: 'secret', protocols: ['mine'] });
    expect(OwnWebSocket.last.protocols).toEqual(['mine', 'netstrata.token.c2VjcmV0']);
    expect(OwnWebSocket.last.url).not.toContain('secret');
  });

  it('headers are refused, and what the page may not dial is reported', async () => {
    expect(() => opened({ headers: { 'x-header': '1' } })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }) as Error);
    class Insecure extends OwnWebSocket {
      constructor(url: string) {
        super(url);
        throw new Error('An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.');
      }
    }
    const sink = new Recorder();
    dial('ws://gateway.example/', sink, { WebSocket: Insecure });
    expect(sink.events).toEqual([]);
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'EACCES', syscall: 'connect', address: 'gateway.example' });
  });
});
