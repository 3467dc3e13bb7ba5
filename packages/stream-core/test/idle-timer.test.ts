import { expect, it } from 'vitest';
import { Duplex, engine, nextTick, type DuplexOptions, type WriteCallback } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';

/** A stream that reads, and how often its idle timer was started again since that was last asked. */
async function timed(options: DuplexOptions = {}, Class = Duplex): Promise<{ stream: Duplex; channel: FakeChannel; restarts: () => number }> {
  const channel = new FakeChannel();
  const stream = new Class(channel, { clock: { nextTick }, ...options });
  stream.resume();
  await turn();
  let count = 0;
  stream[engine].idleTimer = { refresh: () => ++count };
  const restarts = (): number => {
    const since = count;
    count = 0;
    return since;
  };
  return { stream, channel, restarts };
}

it.each<[what: string, options: DuplexOptions, receive: (channel: FakeChannel) => void]>([
  ['a chunk', {}, (channel) => channel.receive(counting(1))],
  ['text', { encoding: 'utf8' }, (channel) => channel.receive(counting(1))],
  ['text of lent bytes', { encoding: 'utf8' }, (channel) => void channel.sink!.onBorrowed!(counting(1))],
  ['a chunk for the pool', { pooledReads: true }, (channel) => void channel.sink!.onBorrowed!(counting(1))],
  ['the end', {}, (channel) => channel.receiveEnd()],
])('starts again with %s that is read', async (_what, options, receive) => {
  const { stream, channel, restarts } = await timed(options);
  stream.on('data', () => {});
  receive(channel);
  expect(restarts()).toBe(1);
});

it('starts again with a write, when it has left, and with those that have waited for it', async () => {
  const { stream, channel, restarts } = await timed();
  stream.write(counting(1));
  expect(restarts()).toBe(1);
  await turn();
  channel.status = WRITE_PENDING;
  stream.write(counting(1));
  expect(restarts()).toBe(1);
  stream.write(counting(1));
  expect(restarts()).toBe(0);
  channel.settle();
  // It has left, and the other is on its way.
  expect(restarts()).toBe(2);
  channel.status = WRITE_DONE;
  channel.settle();
  expect(restarts()).toBe(1);
});

it('starts again once for what is read and answered', async () => {
  const { stream, channel, restarts } = await timed();
  stream.on('data', () => stream.write(counting(1)));
  channel.receive(counting(1));
  expect([restarts(), channel.calls]).toEqual([1, ['write 1']]);
});

it('starts again with what a _write of the user’s own gives to ours', async () => {
  class Own extends Duplex {
    override _write(chunk: Uint8Array, encoding: string, callback: WriteCallback): void {
      super._write(chunk, encoding, callback);
    }
  }
  const { stream, restarts } = await timed({}, Own);
  stream.write(counting(1));
  expect(restarts()).toBe(1);
});

it('may be none', async () => {
  const { stream, channel } = await timed();
  stream[engine].idleTimer = null;
  stream.on('data', () => stream.write(counting(1)));
  channel.receive(counting(1));
  channel.receiveEnd();
  await turn();
  expect(channel.written).toEqual([0]);
});
