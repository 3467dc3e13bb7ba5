import { expect, it } from 'vitest';
import { bytesOf, connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';

it('streams that are open finish, and then the carrier ends in order', async () => {
  const { port } = await target(echo);
  const { url, gateway, log } = await gatewayFor({ allow: ['127.0.0.1'] });
  const there = tunnelFor(url);
  const { stream } = await connect(there, inet(port));
  let isDrained = false;
  const drained = gateway.drain(60_000).then(() => { isDrained = true; });
  expect(gateway.isDraining).toBe(true);
  stream.write('still there');
  expect(String(await bytesOf(stream, 11))).toBe('still there');
  expect(isDrained).toBe(false);
  const ended = new Promise((resolve) => stream.on('end', resolve));
  stream.end();
  await ended;
  await drained;
  expect(await log.seen(/carrier closed/)).toBe('carrier closed 127.0.0.1 in order');
  expect(gateway.carriers).toBe(0);
});

it('no carrier is taken any more: 503', async () => {
  const { url, gateway, log } = await gatewayFor({ allow: ['127.0.0.1'] });
  await gateway.drain(60_000);
  expect(await errorOf(tunnelFor(url), inet(1))).toMatchObject({ syscall: 'connect' });
  expect(await log.seen(/refused/)).toBe('carrier refused 127.0.0.1 503 draining');
});

it('nor a stream of a carrier that is open: the tunnel goes elsewhere for it', async () => {
  const { port } = await target(echo);
  const { url, gateway, log } = await gatewayFor({ allow: ['127.0.0.1'] });
  const there = tunnelFor(url);
  const { stream } = await connect(there, inet(port));
  void gateway.drain(60_000);
  // Its answer comes behind the word that the gateway goes away.
  stream.write('x');
  await bytesOf(stream, 1);
  await errorOf(there, inet(port));
  expect(there.status.dials).toBe(2);
  await log.seen(/carrier refused 127.0.0.1 503 draining/);
});

it('what has not finished in time is reset', async () => {
  const { port } = await target(echo);
  const { url, gateway } = await gatewayFor({ allow: ['127.0.0.1'] });
  const { stream } = await connect(tunnelFor(url), inet(port));
  const error = new Promise((resolve) => stream.on('error', resolve).resume());
  await gateway.drain(50);
  expect(await error).toMatchObject({ code: 'ECONNRESET' });
});

it('a second call can shorten the time', async () => {
  const { port } = await target(echo);
  const { url, gateway } = await gatewayFor({ allow: ['127.0.0.1'] });
  const { stream } = await connect(tunnelFor(url), inet(port));
  stream.resume();
  const first = gateway.drain(60_000);
  await gateway.drain(1);
  await first;
});

it('and never lengthen it, nor what is left to a client whose token has expired', async () => {
  const { port } = await target(echo);
  const timers = new Set<{ task: () => void; milliseconds: number }>();
  const clock = {
    setTimeout(task: () => void, milliseconds: number) {
      const timer = { task, milliseconds };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer: never) => { timers.delete(timer); },
  };
  const fire = (from: number, to: number): void => { [...timers].find(({ milliseconds }) => milliseconds > from && milliseconds <= to)!.task(); };
  const { url, gateway } = await gatewayFor({
    token: () => ({ sub: 'ann', exp: Date.now() / 1000 + 5000 }), allow: ['127.0.0.1'], limits: { farewell: 12_345 }, clock,
  });
  const { stream } = await connect(tunnelFor(url, { token: 'x' }), inet(port));
  const error = new Promise((resolve) => stream.on('error', resolve).resume());
  fire(4_000_000, 5_000_000);
  const drained = Promise.all([gateway.drain(60_000), gateway.drain(Infinity)]);
  fire(12_344, 12_345);
  await drained;
  expect(await error).toMatchObject({ code: 'ECONNRESET' });
});

it('for ever is a time, too; what is none is thrown', async () => {
  const { port } = await target(echo);
  const { url, gateway } = await gatewayFor({ allow: ['127.0.0.1'] });
  expect(() => gateway.drain(NaN)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }));
  expect(() => gateway.drain('1' as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  expect(gateway.isDraining).toBe(false);
  const { stream } = await connect(tunnelFor(url), inet(port));
  const drained = gateway.drain(Infinity);
  stream.write('still there');
  expect(String(await bytesOf(stream, 11))).toBe('still there');
  stream.end();
  await drained;
});

it('a closed gateway has reset everything, and the server still answers', async () => {
  const { port } = await target(echo);
  const { url, gateway } = await gatewayFor({ allow: ['127.0.0.1'] });
  const { stream } = await connect(tunnelFor(url), inet(port));
  const error = new Promise((resolve) => stream.on('error', resolve).resume());
  gateway.close();
  expect(await error).toMatchObject({ code: 'ECONNRESET' });
  expect(await (await fetch(url.replace('ws:', 'http:'))).text()).toBe('not a WebSocket');
});
