import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { Duplex } from '../src/index.js';
import { counting, FakeChannel, turn } from './support/fake-channel.js';

class Target extends Writable {
  readonly got: number[] = [];
  readonly waiting: (() => void)[] = [];

  constructor(readonly slow: boolean) {
    super({ highWaterMark: 4 });
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    this.got.push(...chunk);
    if (this.slow) this.waiting.push(callback);
    else callback();
  }
}

function open(): { source: Duplex; channel: FakeChannel } {
  const channel = new FakeChannel();
  const source = new Duplex(channel);
  source.read(0);
  return { source, channel };
}

it('the slowest destination sets the pace, and all get everything', async () => {
  const { source, channel } = open();
  const targets = [new Target(true), new Target(false)];
  for (const target of targets) source.pipe(target);
  await turn();
  channel.receive(counting(4));
  channel.receive(counting(4, 4));
  await turn();
  expect(targets.map(({ got }) => got.length)).toEqual([4, 4]);
  targets[0].waiting.shift()!();
  await turn();
  expect(targets.map(({ got }) => got)).toEqual([[...counting(8)], [...counting(8)]]);
});

it('unpiping the destination that everyone waits for lets the others go on', async () => {
  const { source, channel } = open();
  const [slow, quick] = [new Target(true), new Target(false)];
  source.pipe(slow);
  source.pipe(quick);
  await turn();
  channel.receive(counting(4));
  channel.receive(counting(4, 4));
  await turn();
  expect(quick.got).toHaveLength(4);
  source.unpipe(slow);
  await turn();
  expect(quick.got).toEqual([...counting(8)]);
});

it('a destination that fails is unpiped and keeps its error; the source lives', async () => {
  const { source, channel } = open();
  const target = new Target(false);
  const errors: unknown[] = [];
  target.on('error', (error) => errors.push(error));
  source.pipe(target);
  await turn();
  target.destroy(new Error('full'));
  await turn();
  expect(errors).toHaveLength(1);
  expect([source.destroyed, source._readableState.pipes]).toEqual([false, []]);
  channel.receive(counting(2));
  expect(source.readableLength).toBe(2);
});

it.each([true, false])('the end of the source ends the destination unless told not to (end: %s)', async (end) => {
  const { source, channel } = open();
  const target = new Target(false);
  source.pipe(target, { end });
  await turn();
  channel.receive(counting(2));
  channel.receiveEnd();
  await turn();
  expect([target.got, target.writableEnded, target.listenerCount('drain'), target.listenerCount('unpipe')]).toEqual([[0, 1], end, 0, 0]);
});

it('a pipe from a source that has ended ends the destination', async () => {
  const { source, channel } = open();
  source.resume();
  channel.receiveEnd();
  await turn();
  const target = new Target(false);
  source.pipe(target);
  await turn();
  expect(target.writableEnded).toBe(true);
});
