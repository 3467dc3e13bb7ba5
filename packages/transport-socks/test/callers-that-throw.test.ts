import { copyOf } from '@netstrata/stream-core';
import type { Connection, ConnectSink, Transport } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { inet } from './support/dial.js';

/** A transport whose connections stand when the test says so, and hear what it says. */
function played(): { over: Transport; sink: () => ConnectSink; closed: string[] } {
  let heard: ConnectSink | null = null;
  const closed: string[] = [];
  const over = {
    name: 'played',
    capabilities: tcp.capabilities,
    connect: (_: unknown, sink: ConnectSink) => {
      heard = sink;
      const channel = {
        sink, local: null, remote: null, bytesRead: 0, bytesWritten: 0, readStart() {}, readStop() {}, ref() {}, unref() {},
        write: () => 0, close: () => { closed.push('close'); }, abort: () => { closed.push('abort'); },
      };
      return channel as unknown as Connection;
    },
  };
  return { over: over, sink: () => heard!, closed };
}

const nothing = (): void => {};
const throwing = (): never => { throw new Error('of the caller'); };
const say = (sink: ConnectSink, ...bytes: number[]): void => { sink.onData(copyOf(Uint8Array.from(bytes))); };

describe('what a caller throws is no fault of the proxy\'s', () => {
  it('when it is told of the connection, which stands', () => {
    const { over, sink, closed } = played();
    const caller = { onConnect: throwing, onData: nothing, onEnd: nothing, onWriteDone: nothing, onShutdownDone: nothing, onClose: nothing };
    socks('socks5://127.0.0.1:1', { over }).connect(inet(80), caller);
    const below = sink();
    below.onConnect();
    say(below, 5, 0);
    expect(() => { say(below, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0); }).toThrow('of the caller');
    expect(closed).toEqual([]);
  });

  it('when it is told that the proxy listens, which it does', () => {
    const { over, sink, closed } = played();
    const events: unknown[] = [];
    const acceptor = { onListening: throwing, onConnection: nothing, onAcceptError: nothing, onClose: (error: unknown) => { events.push(error); } };
    const listener = socks('socks5://127.0.0.1:1', { over }).listen!(inet(0), acceptor);
    const below = sink();
    below.onConnect();
    say(below, 5, 0);
    expect(() => { say(below, 5, 0, 0, 1, 127, 0, 0, 1, 1, 0); }).toThrow('of the caller');
    expect([closed, events, listener.local]).toEqual([[], [], inet(256)]);
  });
});
