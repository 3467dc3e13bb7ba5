import { createHash } from 'node:crypto';
import type { Duplex } from '@netstrata/stream-core';
import { expect, it } from 'vitest';
import { connect, inet, textOf } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';
import { relay } from './support/relay.js';

it('either end may end its side first, and still gets all that the other one says', async () => {
  const { port } = await target((socket) => {
    let heard = '';
    socket.on('data', (chunk) => (heard += String(chunk)));
    socket.on('end', () => socket.end(`heard ${heard}`));
  });
  const { url } = await gatewayFor({ allow: ['127.0.0.1'] });
  const there = tunnelFor(url);
  const { stream } = await connect(there, inet(port));
  stream.end('question');
  expect(await textOf(stream)).toBe('heard question');

  const { port: first } = await target((socket) => {
    socket.end('bye');
    socket.on('data', (chunk) => { received += String(chunk); });
    socket.on('end', () => { gone(); });
  });
  let received = '';
  let gone = (): void => {};
  const ended = new Promise<void>((resolve) => { gone = resolve; });
  const { stream: answering } = await connect(there, inet(first));
  expect(await textOf(answering)).toBe('bye');
  answering.end('and then this');
  await ended;
  expect(received).toBe('and then this');
});

it('a reset there is ECONNRESET here, and never an end', async () => {
  const { port } = await target((socket) => { socket.once('data', () => socket.write('part', () => socket.resetAndDestroy())); });
  const { url } = await gatewayFor({ allow: ['127.0.0.1'] });
  const { stream } = await connect(tunnelFor(url), inet(port));
  stream.write('begin');
  await expect(textOf(stream)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('a reset here is ECONNRESET there', async () => {
  let fail = (_: Error): void => {};
  const failed = new Promise<Error>((resolve) => { fail = resolve; });
  const { port } = await target((socket) => { socket.on('error', (error) => { fail(error); }).resume(); });
  const { url } = await gatewayFor({ allow: ['127.0.0.1'] });
  const { connection } = await connect(tunnelFor(url), inet(port));
  connection.abort();
  expect(await failed).toMatchObject({ code: 'ECONNRESET' });
});

it('a carrier that is cut while 50 streams transfer is ECONNRESET on every one, and an end on none; the next connection has another one', async () => {
  const { port } = await target((socket) => {
    const more = (): void => { while (!socket.destroyed && socket.write(Buffer.alloc(65_536))); };
    socket.on('drain', more);
    more();
  });
  const { port: quick } = await target(echo);
  const { url, log } = await gatewayFor({ allow: ['127.0.0.1'] });
  const cable = await relay(Number(new URL(url).port));
  const states: string[] = [];
  const there = tunnelFor(`ws://127.0.0.1:${cable.port}/`, { onChange: (state) => { states.push(state); } });
  const streams = await Promise.all(Array.from({ length: 50 }, () => connect(there, inet(port))));
  const outcomes = streams.map(({ stream }) => outcomeOf(stream));
  await Promise.all(streams.map(({ stream }) => new Promise((resolve) => stream.once('data', resolve))));
  cable.cut();
  expect(await Promise.all(outcomes)).toEqual(Array.from({ length: 50 }, () => 'ECONNRESET'));
  await log.seen(/carrier closed/);
  const { stream } = await connect(there, inet(quick));
  stream.end('again');
  expect(await textOf(stream)).toBe('again');
  expect(there.status).toMatchObject({ dials: 2, state: 'open' });
  expect(states).toEqual(['dialling', 'open', 'idle', 'dialling', 'open']);
});

/** How a stream has ended: 'end', or a code. */
function outcomeOf(stream: Duplex): Promise<string> {
  return new Promise((resolve) => {
    stream.on('data', () => {});
    stream.on('end', () => { resolve('end'); });
    stream.on('error', (error: Error & { code?: string }) => { resolve(error.code ?? error.message); });
  });
}

it('large transfers arrive whole, both ways at once, on many streams', async () => {
  const { port } = await target(echo);
  const { url } = await gatewayFor({ allow: ['127.0.0.1'] });
  const there = tunnelFor(url);
  const hashes = await Promise.all(Array.from({ length: 5 }, async (_, i) => {
    const { stream } = await connect(there, inet(port));
    const sent = Buffer.alloc(1_000_003, `stream ${i} `);
    const hash = createHash('sha256');
    stream.end(sent);
    stream.on('data', (chunk: Uint8Array) => hash.update(chunk));
    await new Promise((resolve) => stream.on('end', resolve));
    return hash.digest('hex') === createHash('sha256').update(sent).digest('hex');
  }));
  expect(hashes).toEqual(Array.from({ length: 5 }, () => true));
});
