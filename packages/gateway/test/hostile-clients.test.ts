import fc from 'fast-check';
import { createNetwork } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../src/index.js';
import { bytesOf, connect, inet } from './support/dial.js';
import { gatewayFor, tunnelFor, type Served } from './support/gateway.js';
import { ACK, asking, DATA, frame, GO_AWAY, PING, RawCarrier, SYN, WINDOW_UPDATE } from './support/raw-carrier.js';
import { echo, target } from './support/targets.js';
import { until } from './support/until.js';

const WINDOW = 262_144;

/** Somebody else's connection works as ever. */
async function othersGoOn({ url }: Served, port: number): Promise<void> {
  const { stream } = await connect(tunnelFor(url), inet(port));
  stream.write('fine');
  expect(String(await bytesOf(stream, 4))).toBe('fine');
}

describe('who breaks the protocol loses its carrier, and nobody else anything', () => {
  it('more than the window', async () => {
    const silent = await target((socket) => { socket.pause(); });
    const { port } = await target(echo);
    const served = await gatewayFor({ allow: ['127.0.0.1'] });
    const carrier = await RawCarrier.to(served.url);
    carrier.read();
    await carrier.say(asking(1, silent.port));
    // The destination takes what its system takes, and then the window is used up.
    for (let i = 0; i < 2000 && served.gateway.carriers > 0; i++) await carrier.say(frame(DATA, 0, 1, WINDOW / 4, Buffer.alloc(WINDOW / 4)));
    await carrier.closed;
    expect(await served.log.seen(/carrier closed/)).toMatch(/more than its window/);
    expect(carrier.heard.includes(frame(GO_AWAY, 0, 0, 1))).toBe(true);
    await othersGoOn(served, port);
  });

  it('frames of no stream, with no version, of no type', async () => {
    const { port } = await target(echo);
    const served = await gatewayFor({ allow: ['127.0.0.1'] });
    for (const bytes of [frame(DATA, 0, 7, 0), Buffer.from('GET / HTTP/1.1\r\n\r\n'), frame(9, 0, 0, 0), frame(WINDOW_UPDATE, SYN, 2, 0), frame(WINDOW_UPDATE, SYN, 0, 0)]) {
      const carrier = (await RawCarrier.to(served.url)).read();
      await carrier.say(bytes);
      await carrier.closed;
      await until(() => served.gateway.carriers === 0);
    }
    expect(served.log.lines.filter((line) => /carrier closed .*EPROTO/.test(line))).toHaveLength(5);
    await othersGoOn(served, port);
  });
});

describe('floods are bounded', () => {
  it('of streams: those beyond the limit are reset, and cost nothing', async () => {
    const { port } = await target(echo);
    const served = await gatewayFor({ allow: ['127.0.0.1'], limits: { clientStreams: 50 }, token: (token) => ({ sub: token ?? 'flood' }) });
    const carrier = (await RawCarrier.to(served.url)).read();
    await carrier.say(...Array.from({ length: 5000 }, (_, i) => frame(WINDOW_UPDATE, SYN, 2 * i + 1, 0)));
    await carrier.say(frame(PING, SYN, 0, 77));
    await until(() => carrier.heard.includes(frame(PING, ACK, 0, 77)));
    expect(served.gateway.streams).toBe(50);
    const { stream } = await connect(tunnelFor(served.url, { token: 'ann' }), inet(port));
    stream.write('fine');
    expect(String(await bytesOf(stream, 4))).toBe('fine');
  });

  it('of pings from who does not read the answers: the carrier is cut', async () => {
    const { port } = await target(echo);
    const served = await gatewayFor({ allow: ['127.0.0.1'] });
    const carrier = await RawCarrier.to(served.url);
    const pings = Buffer.concat(Array.from({ length: 20_000 }, (_, i) => frame(PING, SYN, 0, i)));
    for (let i = 0; i < 200 && served.gateway.carriers > 0; i++) await carrier.say(pings);
    expect(await served.log.seen(/carrier closed/)).toMatch(/does not read the answers/);
    await othersGoOn(served, port);
  });

  it('of bytes to a client that does not read: the destination waits', async () => {
    const fire = await target((socket) => {
      const more = (): void => { while (!socket.destroyed && socket.write(Buffer.alloc(65_536))); };
      socket.on('drain', more);
      more();
    });
    const { port } = await target(echo);
    const served = await gatewayFor({ allow: ['127.0.0.1'] });
    const there = tunnelFor(served.url);
    // 100 of one carrier, of which one does not read.
    const { connection: stopped } = await connect(there, inet(fire.port));
    const others = await Promise.all(Array.from({ length: 99 }, () => connect(there, inet(port))));
    await Promise.all(others.map(async ({ stream }) => {
      const bytes = Buffer.alloc(100_000, 'x');
      stream.write(bytes);
      expect((await bytesOf(stream, bytes.length)).equals(bytes)).toBe(true);
    }));
    stopped.abort();
    const [, sent] = /sent (\d+)/.exec(await served.log.seen(new RegExp(`stream closed .*:${fire.port}`)))!;
    // Its window, and what the streams of the gateway hold: a chunk beyond their marks in each of the two.
    expect(Number(sent)).toBeLessThanOrEqual(WINDOW + 4 * 65_536);
  });
});

it('whatever bytes come in whatever pieces, nothing is thrown, and nothing stays', async () => {
  const network = createNetwork();
  const [client, server] = [network.host('client', '10.0.0.1'), network.host('gateway', '10.0.0.2')];
  const gateway = createGateway({ over: server.tcp, allow: ['*', '0.0.0.0/0'], lookup: server.lookup });
  const listener = server.tcp.listen!({ address: '10.0.0.2', port: 80, family: 'IPv4' }, {
    onListening() {}, onAcceptError() {}, onClose() {}, onConnection: (connection) => { gateway.carry(connection); },
  });
  const known = fc.tuple(fc.nat(3), fc.nat(15), fc.constantFrom(0, 1, 3, 5), fc.constantFrom(0, 1, 13, WINDOW + 1)).map(([type, flags, id, length]) => frame(type, flags, id, length));
  const piece = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 64 }), known, fc.constantFrom(asking(1, 9), asking(3, 80)));
  await fc.assert(fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
    const { stream } = await connect(client.tcp, { address: '10.0.0.2', port: 80, family: 'IPv4' });
    const gone = new Promise((resolve) => stream.on('close', resolve));
    for (const bytes of pieces) stream.write(bytes);
    stream.end().resume();
    await gone;
  }), { numRuns: 60 });
  await until(() => gateway.carriers === 0);
  expect(gateway.streams).toBe(0);
  listener.close();
  gateway.close();
});
