import type { ChannelSink } from '@netstrata/stream-core';
import type { Connection, ConnectSink, Transport } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import type { Verify } from '../src/index.js';
import type { Tunnel } from '../src/tunnel/index.js';
import { bytesOf, connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';
import { until } from './support/until.js';

const nothing = { onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };

/** Its connections have ended their side, and take nothing until they are told to. */
function stuck(): { over: Transport; settle: () => void } {
  const held: (() => void)[] = [];
  const connectTo = (_: unknown, sink: ConnectSink): Connection => {
    const after = (task: () => void) => () => { queueMicrotask(task); };
    const connection = { sink: sink as ChannelSink, local: null, remote: null, bytesRead: 0, bytesWritten: 0, readStop() {}, ref() {}, unref() {} };
    queueMicrotask(() => { sink.onConnect(); });
    held.push(() => { connection.sink.onWriteDone(); });
    return Object.assign(connection, {
      readStart: after(() => { connection.sink.onEnd(); }), write: () => 1 as const, writev: () => 1 as const,
      shutdown: after(() => { connection.sink.onShutdownDone(); }),
      close: after(() => { connection.sink.onClose(null); }), abort: after(() => { connection.sink.onClose(null); }),
    });
  };
  return {
    over: { name: 'stuck', capabilities: { ...tcp.capabilities, listen: false }, connect: connectTo },
    settle: () => { for (const one of held.splice(0)) one(); },
  };
}

const bySubject: Verify = (token) => ({ sub: token ?? 'nobody' });

describe('carriers', () => {
  it('a client has so many, and another one is not affected', async () => {
    const { port } = await target(echo);
    const { url, log, gateway } = await gatewayFor({ allow: ['127.0.0.1'], token: bySubject, limits: { clientCarriers: 2 } });
    await connect(tunnelFor(url, { token: 'ann' }), inet(port));
    await connect(tunnelFor(url, { token: 'ann' }), inet(port));
    expect(await errorOf(tunnelFor(url, { token: 'ann' }), inet(port))).toMatchObject({ syscall: 'connect' });
    expect(await log.seen(/refused/)).toBe('carrier refused 127.0.0.1 429 limit');
    await connect(tunnelFor(url, { token: 'bob' }), inet(port));
    expect(gateway.carriers).toBe(3);
  });

  it('the gateway has so many', async () => {
    const { port } = await target(echo);
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], token: bySubject, limits: { carriers: 1 } });
    await connect(tunnelFor(url, { token: 'ann' }), inet(port));
    expect(await errorOf(tunnelFor(url, { token: 'bob' }), inet(port))).toMatchObject({ syscall: 'connect' });
    expect(await log.seen(/refused/)).toBe('carrier refused 127.0.0.1 503 limit');
  });

  it('one that is gone makes room', async () => {
    const { port } = await target(echo);
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], limits: { carriers: 1 } });
    const first = tunnelFor(url);
    await connect(first, inet(port));
    first.close();
    await log.seen(/carrier closed/);
    await connect(tunnelFor(url), inet(port));
  });

  it('one without streams is ended, and the next connection has another one', async () => {
    const { port } = await target(echo);
    const { url, log, gateway } = await gatewayFor({ allow: ['127.0.0.1'], limits: { carrierIdle: 50 } });
    const there = tunnelFor(url);
    const { stream } = await connect(there, inet(port));
    stream.end().resume();
    await log.seen(/carrier closed/);
    expect(gateway.carriers).toBe(0);
    await connect(there, inet(port));
    expect(there.status.dials).toBe(2);
  });
});

describe('streams', () => {
  const fill = async (tunnels: Tunnel[], count: number, port: number): Promise<void> => {
    for (const there of tunnels) for (let i = 0; i < count; i++) await connect(there, inet(port));
  };

  it('a client has so many, over all its carriers', async () => {
    const { port } = await target(echo);
    const { url, log, gateway } = await gatewayFor({ allow: ['127.0.0.1'], token: bySubject, limits: { clientStreams: 4 } });
    const tunnels = [tunnelFor(url, { token: 'ann' }), tunnelFor(url, { token: 'ann' })];
    await fill(tunnels, 2, port);
    expect((await errorOf(tunnels[0], inet(port))).message).toMatch(/^connect ECONNRE/);
    expect(await log.seen(/refused/)).toBe('stream refused ann undefined:undefined limit');
    await connect(tunnelFor(url, { token: 'bob' }), inet(port));
    expect(gateway.streams).toBe(5);
  });

  it('the gateway has so many, and one that is gone makes room', async () => {
    const { port } = await target(echo);
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], limits: { streams: 2 } });
    const there = tunnelFor(url);
    const { stream } = await connect(there, inet(port));
    await connect(there, inet(port));
    await errorOf(there, inet(port));
    stream.end().resume();
    await log.seen(/stream closed/);
    await connect(there, inet(port));
  });

  it('one without a byte is reset after a while', async () => {
    const { port } = await target(echo);
    const { url } = await gatewayFor({ allow: ['127.0.0.1'], limits: { streamIdle: 50 } });
    const { stream } = await connect(tunnelFor(url), inet(port));
    expect(await new Promise((resolve) => stream.on('error', resolve).resume())).toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('bytes per second', () => {
  it('whoever is over it waits, and nothing is lost', async () => {
    const { port } = await target(echo);
    const { url } = await gatewayFor({ allow: ['127.0.0.1'], limits: { clientRate: 1_000_000 } });
    const { stream } = await connect(tunnelFor(url), inet(port));
    const sent = Buffer.alloc(300_000, 'abcdefghij');
    const begun = performance.now();
    stream.end(sent);
    expect((await bytesOf(stream, sent.length)).equals(sent)).toBe(true);
    // Both directions count: 600,000 bytes, of which 250,000 may go at once, and what is overdrawn at the end is not waited for.
    expect(performance.now() - begun).toBeGreaterThan(150);
  });

  it('of all streams of one client together, and another client is not affected', async () => {
    const { port } = await target(echo);
    const { url } = await gatewayFor({ allow: ['127.0.0.1'], token: bySubject, limits: { clientRate: 1000 } });
    const [ann, bob] = [tunnelFor(url, { token: 'ann' }), tunnelFor(url, { token: 'bob' })];
    const { stream: greedy } = await connect(ann, inet(port));
    greedy.write(Buffer.alloc(100_000));
    await bytesOf(greedy, 1);
    const { stream: waits } = await connect(ann, inet(port));
    let heard = 0;
    waits.on('data', () => { heard++; });
    waits.write('x');
    const { stream: quick } = await connect(bob, inet(port));
    quick.write('y');
    await bytesOf(quick, 1);
    expect(heard).toBe(0);
  });
});

describe('what streams that are gone have left behind counts as they did', () => {
  it('destinations that have ended and read nothing', async () => {
    const { over, settle } = stuck();
    const { url, gateway } = await gatewayFor({ allow: ['127.0.0.1'], over, limits: { clientStreams: 2 } });
    const leave = async (): Promise<void> => {
      const there = tunnelFor(url);
      try {
        const { stream } = await connect(there, inet(1));
        await new Promise((resolve) => stream.on('close', resolve).resume().end('for nobody'));
      } finally {
        there.close();
      }
      await until(() => gateway.carriers === 0);
    };
    await leave();
    await leave();
    await expect(leave()).rejects.toMatchObject({ syscall: 'connect' });
    await until(() => gateway.carriers === 0);
    settle();
    await leave();
  });

  it('look-ups that nobody waits for any more', async () => {
    const answers: (() => void)[] = [];
    const { url, log } = await gatewayFor({ allow: ['*'], limits: { clientStreams: 3 }, lookup: (_, __, done) => { answers.push(() => { done(null, []); }); } });
    const there = tunnelFor(url);
    const leave = (): Promise<unknown> => new Promise((resolve) => {
      const asked = answers.length;
      const connection = there.connect({ host: 'slow.example', port: 80 }, { ...nothing, onClose: resolve });
      void until(() => answers.length > asked).then(() => { connection.abort(); });
    });
    for (let i = 0; i < 3; i++) await leave();
    expect(await leave()).toMatchObject({ syscall: 'connect' });
    expect(await log.seen(/refused/)).toBe('stream refused 127.0.0.1 undefined:undefined limit');
    expect(answers).toHaveLength(3);
    for (const answer of answers) answer();
    await leave();
    expect(answers).toHaveLength(4);
  });
});
