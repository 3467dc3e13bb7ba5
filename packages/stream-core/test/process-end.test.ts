import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Duplex, nextTick } from '../src/index.js';
import { FakeChannel, turn } from './support/fake-channel.js';
import { settled } from './support/settled.js';
import { surviving } from './support/uncaught.js';

type Listener = (...args: unknown[]) => void;

const added: [event: string, listener: Listener][] = [];
/** A listener of the program's, until the test is over. */
function listen(event: string, listener: Listener, how: 'on' | 'prependListener' = 'on'): void {
  added.push([event, listener]);
  (process[how] as (event: string, listener: Listener) => void)(event, listener);
}
afterEach(() => {
  for (const [event, listener] of added.splice(0)) process.off(event, listener);
});

const EVENTS = ['exit', 'uncaughtExceptionMonitor', 'newListener', 'removeListener'] as const;
// Every file of the suite has a copy of the package; those of the files before this one stay, and are like the program's.
for (const event of EVENTS) {
  for (const listener of process.listeners(event as 'exit')) if (Symbol.for('netstrata.beforeEnd') in listener) process.off(event, listener);
}
const before = Object.fromEntries(EVENTS.map((event) => [event, process.listeners(event as 'exit')]));
const own = (event: (typeof EVENTS)[number]): Listener[] => process.listeners(event as 'exit').filter((listener) => !before[event].includes(listener)) as Listener[];
/** How many of ours there are of each. */
const ours = (): number[] => EVENTS.map((event) => own(event).length - added.filter(([name]) => name === event).length);

/** A stream that has written what `text` says, a byte each, all but the first of which have gathered. */
function gathering(text: string): { stream: Duplex; channel: FakeChannel; left: () => string } {
  const channel = new FakeChannel();
  // Time stands still: how fast the machine is must not matter.
  const stream = new Duplex(channel, { clock: { nextTick } });
  for (const byte of text) stream.write(byte);
  return { stream, channel, left: () => Buffer.from(channel.written).toString() };
}

beforeEach(settled);
// The files that follow share the process.
afterAll(settled);

describe('listeners that hear of the end of the process', () => {
  it('are few, and are the first', async () => {
    listen('exit', () => {}, 'prependListener');
    listen('uncaughtExceptionMonitor', () => {}, 'prependListener');
    // One that came before them could be what writes.
    expect(gathering('ABC').left()).toBe('ABC');
    await turn();
    expect(gathering('ABC').left()).toBe('A');
    expect(ours()).toEqual([1, 1, 1, 2]);
    expect([process.listeners('exit')[0], process.listeners('uncaughtExceptionMonitor')[0]]).toEqual([own('exit')[0], own('uncaughtExceptionMonitor')[0]]);
  });

  it.each(['exit', 'uncaughtExceptionMonitor'])('send what has gathered when another of %s comes, which could stand before them', (event) => {
    const { stream, left } = gathering('ABC');
    listen(event, () => {}, 'prependListener');
    expect(left()).toBe('ABC');
    stream.write('D');
    expect([left(), process.listeners('exit')[0]]).toEqual(['ABCD', own('exit')[0]]);
  });

  it.each(EVENTS)('send what has gathered when those of %s are removed, and come back', async (event) => {
    const { stream, left } = gathering('ABC');
    for (const listener of own(event)) process.off(event, listener);
    expect(left()).toBe('ABC');
    for (const byte of 'DE') stream.write(byte);
    await turn();
    for (const byte of 'FGH') stream.write(byte);
    expect([left(), own(event).length]).toEqual(['ABCDEF', event === 'removeListener' ? 2 : 1]);
  });

  it.each(['exit', 'uncaughtExceptionMonitor'] as const)('send what has gathered when they hear of %s, and all goes on after that tick', async (event) => {
    const { stream, left } = gathering('ABC');
    for (const listener of own(event)) listener(0);
    expect(left()).toBe('ABC');
    for (const byte of 'DE') stream.write(byte);
    // A program can also say itself that it ends, and go on.
    expect(left()).toBe(event === 'exit' ? 'ABC' : 'ABCDE');
    await turn();
    for (const byte of 'FGH') stream.write(byte);
    expect(left()).toBe('ABCDEF');
  });

  it('are not among those of which there are too many', async () => {
    const warnings: string[] = [];
    listen('warning', (warning) => warnings.push((warning as Error).name));
    const room = process.getMaxListeners() - before.exit.length;
    for (let i = 0; i < room; i++) {
      listen('exit', () => {});
      gathering('ABC');
    }
    await turn();
    expect([warnings, process.listenerCount('exit'), process.getMaxListeners()]).toEqual([[], before.exit.length + room + 1, room + before.exit.length]);
  });

  it('leave the streams alone when the program listens to their coming and writes meanwhile', async () => {
    const other = gathering('');
    for (const listener of own('exit')) process.off('exit', listener);
    listen('newListener', () => {
      for (const byte of 'xyz') other.stream.write(byte);
    });
    const { left } = gathering('ABC');
    await turn();
    expect([left(), other.left()]).toEqual(['ABC', 'xyz'.repeat(EVENTS.length + 1)]);
  });

  it('leave the streams alone when the program listens to their going and writes meanwhile', async () => {
    const other = gathering('');
    const { stream, left } = gathering('ABC');
    listen('removeListener', (event) => {
      if (event !== 'exit') for (const byte of 'xyz') other.stream.write(byte);
    });
    // Ours go, and come back before it.
    listen('exit', () => {}, 'prependListener');
    for (const byte of 'DE') stream.write(byte);
    await turn();
    expect([left(), other.left()]).toEqual(['ABCDE', 'xyz'.repeat(EVENTS.length)]);
    expect(ours()).toEqual([1, 1, 1, 2]);
  });

  it('come once more when the program answers their coming with one that stands before them', async () => {
    for (const listener of own('exit')) process.off('exit', listener);
    let isFirst = true;
    listen('newListener', (event) => {
      if (event !== 'exit' || !isFirst) return;
      isFirst = false;
      listen('exit', () => {}, 'prependListener');
    });
    gathering('ABC');
    await turn();
    expect([process.listeners('exit')[0], ours()]).toEqual([own('exit')[0], [1, 1, 1, 2]]);
  });

  it('do without when the program throws at their coming: nothing waits, and it has the limit of listeners that it had', () => {
    const limit = process.getMaxListeners();
    for (const listener of own('exit')) process.off('exit', listener);
    listen('newListener', () => {
      throw new Error('by the program');
    });
    expect([gathering('ABC').left(), process.getMaxListeners()]).toEqual(['ABC', limit]);
  });
});

it('what has gathered leaves at the end of the tick also where a test fakes ticks', async () => {
  const held = Object.getOwnPropertyDescriptor(process, 'nextTick')!;
  process.nextTick = () => {};
  try {
    const { left } = gathering('ABC');
    expect(left()).toBe('A');
    await new Promise(setImmediate);
    expect(left()).toBe('ABC');
  } finally {
    Object.defineProperty(process, 'nextTick', held);
  }
});

it('what gathers by a clock of its own leaves by that clock also where a test fakes ticks', async () => {
  const held = Object.getOwnPropertyDescriptor(process, 'nextTick')!;
  const ticks: (() => void)[] = [];
  const channel = new FakeChannel();
  const stream = new Duplex(channel, { clock: { nextTick: (task, argument) => void ticks.push(() => task(argument)) } });
  process.nextTick = () => {};
  try {
    for (const byte of 'ABC') stream.write(byte);
    await new Promise(setImmediate);
    expect(Buffer.from(channel.written).toString()).toBe('A');
    for (const tick of ticks) tick();
    expect(Buffer.from(channel.written).toString()).toBe('ABC');
  } finally {
    Object.defineProperty(process, 'nextTick', held);
  }
});

it('a channel that throws when everything is sent keeps no other, and nobody who did not write hears of it', async () => {
  const errors = await surviving(async () => {
    const bad = gathering('ABC');
    const good = gathering('ABC');
    bad.channel.write = () => {
      throw new Error('by the channel');
    };
    listen('exit', () => {});
    expect([bad.left(), good.left()]).toEqual(['A', 'ABC']);
    await turn();
  });
  expect(errors).toEqual(['by the channel']);
});
