import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { runs } from './support/fuzz.js';
import { expect, it } from 'vitest';
import { Duplex, engine, type DuplexOptions } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';
import { Lender } from './support/lender.js';

async function piped(options: DuplexOptions = {}, make = (channel: FakeChannel) => new Duplex(channel, options)): Promise<{ source: Duplex; lender: Lender; destination: Duplex; channel: FakeChannel }> {
  const lender = new Lender();
  const source = new Duplex(lender);
  const channel = new FakeChannel();
  const destination = make(channel);
  source.pipe(destination);
  await turn();
  return { source, lender, destination, channel };
}

it('a pipe between two streams writes lent bytes without keeping them', async () => {
  const { source, lender, channel } = await piped();
  for (let i = 0; i < 3; i++) {
    lender.lend(counting(4, i * 4));
    await turn();
  }
  expect(lender.answers).toEqual([true, true, true]);
  expect(channel.written).toEqual([...counting(12)]);
  expect(source.readableDidRead).toBe(true);
});

it('lent bytes that come in one tick arrive once and in order, small and large', async () => {
  const { lender, channel } = await piped();
  for (let i = 0; i < 10; i++) lender.lend(counting(5, i * 5));
  await turn();
  expect(channel.written).toEqual([...counting(50)]);
});

it('a source stands still while a write of what it has lent is under way', async () => {
  const { source, lender, channel } = await piped();
  channel.status = WRITE_PENDING;
  lender.lend(counting(4));
  expect(lender.answers).toEqual([true]);
  expect(lender.reading).toBe(false);
  // Whoever asks for more has to wait too, and nobody is told of it.
  source.pause().resume();
  await turn();
  expect(lender.reading).toBe(false);
  expect(source.readableFlowing).toBe(true);
  channel.status = WRITE_DONE;
  channel.settle();
  expect(lender.reading).toBe(true);
  lender.lend(counting(4, 4));
  await turn();
  expect(lender.answers).toEqual([true, true]);
  expect(channel.written).toEqual([...counting(8)]);
});

it.each<[string, (setup: { source: Duplex; destination: Duplex; channel: FakeChannel }) => void]>([
  ['was written', ({ channel }) => channel.settle()],
  ['failed', ({ channel }) => channel.sink!.onClose(new Error('broken'))],
  ['was dropped with its stream', ({ destination }) => void destination.destroy()],
])('a source goes on when what it has lent %s', async (_title, settle) => {
  const setup = await piped();
  const { source, destination, channel, lender } = setup;
  destination.on('error', () => {});
  channel.status = WRITE_PENDING;
  lender.lend(counting(4));
  source.unpipe().on('data', () => {});
  source.resume();
  await turn();
  expect(lender.reading).toBe(false);
  settle(setup);
  await turn();
  expect(lender.reading).toBe(true);
});

it('a source that moves to another channel waits for nothing of the former one', async () => {
  const { source, channel, lender } = await piped();
  channel.status = WRITE_PENDING;
  lender.lend(counting(4));
  source[engine].detach();
  const next = new Lender();
  source.attach(next);
  source.resume();
  source.read(0);
  expect(next.reading).toBe(true);
  channel.settle();
  expect([lender.reading, next.reading]).toEqual([false, true]);
});

it('text is made of lent bytes, also where a character comes in parts', async () => {
  const lender = new Lender();
  const source = new Duplex(lender).setEncoding('utf8');
  let text = '';
  source.on('data', (piece: string) => (text += piece));
  await turn();
  const bytes = new TextEncoder().encode('gr\u00fc\u00dfe');
  for (const byte of bytes) lender.lend(Uint8Array.of(byte));
  expect(text).toBe('gr\u00fc\u00dfe');
  expect(lender.answers).toEqual(Array.from(bytes, () => true));
});

it('backpressure of the destination pauses the source, and drain lets it go on', async () => {
  const { source, lender, destination, channel } = await piped({ highWaterMark: 4 });
  const events: string[] = [];
  source.on('pause', () => events.push('pause'));
  source.on('resume', () => events.push('resume'));
  destination.on('drain', () => events.push('drain'));
  channel.status = WRITE_PENDING;
  lender.lend(counting(4));
  expect(events).toEqual(['pause']);
  expect(source.readableFlowing).toBe(false);
  channel.status = WRITE_DONE;
  channel.settle();
  await turn();
  expect(events).toEqual(['pause', 'drain', 'resume']);
});

it('idle timers of both streams start again', async () => {
  const { source, lender, destination } = await piped();
  const refreshed: string[] = [];
  source[engine].idleTimer = { refresh: () => refreshed.push('s') };
  destination[engine].idleTimer = { refresh: () => refreshed.push('d') };
  lender.lend(counting(1));
  expect(refreshed.sort()).toEqual(['d', 's']);
});

it.each<[string, (setup: { source: Duplex; destination: Duplex; lender: Lender }) => void]>([
  ['a second listener', ({ source }) => void source.on('data', () => {})],
  ['a second destination', ({ source }) => void source.pipe(new PassThrough())],
  ['a listener in place of the one of the pipe', ({ source }) => void source.removeAllListeners('data').on('data', () => {})],
  ['a source that was paused', ({ source }) => void source.pause()],
  ['bytes that were put back', ({ source }) => void source.pause().unshift(counting(1))],
  ['an emit of its own', ({ source }) => void (source.emit = Duplex.prototype.emit.bind(source))],
  ['a destination with a write of its own', ({ destination }) => void (destination.write = Duplex.prototype.write.bind(destination))],
  ['a destination that is corked', ({ destination }) => destination.cork()],
  ['a destination that was ended', ({ destination }) => void destination.on('error', () => {}).end()],
  ['a destination that was destroyed', ({ destination }) => void destination.destroy()],
  ['a destination that let its channel go', ({ destination }) => void destination[engine].detach()],
])('nothing is lent past %s', async (_title, change) => {
  const setup = await piped();
  change(setup);
  expect(setup.source[engine].wantsBorrowed).toBe(false);
  expect(setup.source[engine].onBorrowed(counting(1))).toBe(false);
});

it('nothing is lent to a channel that does not say that it lets nobody see it', async () => {
  const { lender, channel } = await piped();
  channel.takesShared = false;
  lender.lend(counting(3));
  await turn();
  expect([lender.answers, channel.written]).toEqual([[], [0, 1, 2]]);
});

it('nothing is lent to a class with a _write of its own', async () => {
  const seen: number[] = [];
  class Own extends Duplex {
    override _write(chunk: Uint8Array, _encoding: string, callback: () => void): void {
      seen.push(...chunk);
      callback();
    }
  }
  const { lender } = await piped({}, (channel) => new Own(channel));
  lender.lend(counting(3));
  expect(lender.answers).toEqual([]);
  expect(seen).toEqual([0, 1, 2]);
});

it('a pipe into a stream of Node still gets bytes of its own', async () => {
  const lender = new Lender();
  const source = new Duplex(lender);
  const target = source.pipe(new PassThrough());
  await turn();
  lender.lend(counting(3));
  lender.lend(counting(3, 3));
  expect([...(target.read(6) as Buffer)]).toEqual([...counting(6)]);
});

it('whatever the destination does, bytes that pass a pipe arrive once and in order', async () => {
  const step = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom('turn', 'settle', 'pending', 'done', 'cork', 'uncork'));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), fc.constantFrom(1, 50, 65536), async (steps, highWaterMark) => {
      const { lender, destination, channel } = await piped({ highWaterMark });
      let sent = 0;
      for (const action of steps) {
        if (typeof action === 'number') {
          if (!lender.reading) continue;
          lender.lend(counting(action, sent));
          sent += action;
        } else if (action === 'turn') await turn();
        else if (action === 'settle') channel.settle();
        else if (action === 'cork' || action === 'uncork') destination[action]();
        else {
          await turn();
          channel.status = action === 'done' ? WRITE_DONE : WRITE_PENDING;
        }
      }
      channel.status = WRITE_DONE;
      while (destination.writableCorked > 0) destination.uncork();
      for (let i = 0; i < 4; i++) {
        channel.settle();
        await turn();
      }
      expect(channel.written).toEqual([...counting(sent)]);
    }),
    { numRuns: runs },
  );
});
