import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Duplex, engine, nextTick as defaultNextTick, type DuplexOptions, type NextTick } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';
import { settled } from './support/settled.js';

/** Time stands still: how fast the machine is must not matter. */
const clock = { nextTick: defaultNextTick };

function open(options: DuplexOptions = {}): { stream: Duplex; channel: FakeChannel; left: () => number[] } {
  const channel = new FakeChannel();
  return { stream: new Duplex(channel, { clock, ...options }), channel, left: () => channel.written };
}

/** Blocks of `size` bytes, each of which is the number of the block. */
const blocks = (count: number, size: number): Buffer => Buffer.concat(Array.from({ length: count }, (_, i) => Buffer.alloc(size, i)));

beforeEach(settled);

describe('coalescing', () => {
  it('sends the first write of a tick at once and the others together at its end', async () => {
    const { stream, channel, left } = open();
    for (let i = 0; i < 5; i++) expect(stream.write(counting(10, i * 10))).toBe(true);
    expect(channel.calls).toEqual(['write 10']);
    await turn();
    expect(channel.calls).toEqual(['write 10', 'write 40']);
    expect(left()).toEqual([...counting(50)]);
    stream.write(counting(1));
    expect(channel.calls.at(-1)).toBe('write 1');
  });

  it('lets no byte wait for more than a millisecond when its program writes on', async () => {
    let time = 1000;
    const slow = { nextTick: defaultNextTick, now: () => time };
    const { stream, channel } = open({ clock: slow });
    open();
    const { stream: other, channel: otherChannel } = open({ clock: slow });
    const write = (to: Duplex, at: number, size: number): void => {
      time = at;
      to.write(counting(size));
    };
    write(stream, 1000, 1);
    write(stream, 1000, 2);
    write(stream, 1000.9, 3);
    expect(channel.calls).toEqual(['write 1']);
    write(stream, 1001, 4);
    expect(channel.calls).toEqual(['write 1', 'write 5']);
    // What has waited since then.
    write(stream, 1001.9, 5);
    expect(channel.calls).toEqual(['write 1', 'write 5']);
    write(other, 1002, 1);
    expect([channel.calls, otherChannel.calls]).toEqual([['write 1', 'write 5', 'write 9'], ['write 1']]);
    await turn();
    // Nothing waits by now, however long ago the last was.
    write(stream, 1010, 1);
    write(stream, 1010, 2);
    write(stream, 1010, 3);
    expect(channel.calls).toEqual(['write 1', 'write 5', 'write 9', 'write 1']);
    await turn();
  });

  it('leaves what is gathered out of writableLength, as what a kernel took', () => {
    const { stream } = open({ highWaterMark: 10 });
    for (let i = 0; i < 5; i++) {
      expect(stream.write(counting(8))).toBe(true);
      expect(stream.writableLength).toBe(0);
      expect(stream.writableNeedDrain).toBe(false);
    }
  });

  it('lets callers use their chunk again after write', async () => {
    const { stream, left } = open();
    const chunk = new Uint8Array(4);
    const expected: number[] = [];
    for (let i = 0; i < 20; i++) {
      chunk.fill(i);
      expected.push(...chunk);
      stream.write(chunk);
    }
    chunk.fill(255);
    await turn();
    expect(left()).toEqual(expected);
  });

  it.each(['utf8', 'latin1', 'ascii', 'utf16le', 'base64', 'hex'] as const)('gathers text in %s as the bytes it stands for', async (encoding) => {
    for (const decodeStrings of [true, false]) {
      const { stream, left } = open({ decodeStrings });
      const texts = encoding === 'hex' ? ['00ff', 'abcd', ''] : encoding === 'base64' ? ['aGk=', 'aGV5', ''] : ['häß', '', '€uro', '😀', 'plain'];
      for (const text of texts) stream.write(text, encoding);
      await turn();
      expect(left()).toEqual(texts.flatMap((text) => [...Buffer.from(text, encoding)]));
    }
  });

  it('keeps the order where a large chunk comes between small ones', async () => {
    const { stream, channel } = open();
    const chunks = [10, 20, 5000, 30, 5000, 5000, 5000, 40, 5000, 200_000, 50, 131_072, 131_073, 60].map((size, i) => counting(size, i));
    for (const chunk of chunks) stream.write(chunk);
    await turn();
    expect(channel.writtenBytes.equals(Buffer.concat(chunks))).toBe(true);
    expect(channel.calls).toEqual([
      'write 10', 'write 20', 'write 5000', 'write 30', 'write 5000', 'write 5000', 'write 5000', 'writev 40+5000', 'write 200000', 'writev 50+131072', 'write 131073', 'write 60',
    ]);
  });

  it('sends before the end of the tick once much has gathered', async () => {
    const { stream, channel } = open();
    for (let i = 0; i < 40; i++) stream.write(new Uint8Array(4000).fill(i));
    expect(channel.calls.length).toBeGreaterThan(2);
    await turn();
    expect(channel.writtenBytes.equals(blocks(40, 4000))).toBe(true);
  });

  it('gathers large chunks too, as much as a kernel takes at once, and lets callers use theirs again', async () => {
    const { stream, channel } = open();
    const chunk = new Uint8Array(65_536);
    for (let i = 0; i < 24; i++) {
      expect(stream.write(chunk.fill(i))).toBe(true);
      expect(stream.writableLength).toBe(0);
    }
    await turn();
    expect(channel.calls).toEqual([...Array<string>(5).fill('write 65536'), 'write 1048576', `write ${3 * 65_536}`]);
    expect(channel.writtenBytes.equals(blocks(24, 65_536))).toBe(true);
  });

  it('sends a full block at once, and what does not fit any more behind it', async () => {
    const { stream, channel } = open();
    for (let i = 0; i < 21; i++) stream.write(new Uint8Array(65_536));
    expect(channel.calls.at(-1)).toBe('write 1048576');
    await turn();
    const odd = open();
    for (let i = 0; i < 24; i++) odd.stream.write(new Uint8Array(60_000).fill(i));
    await turn();
    expect(odd.channel.writtenBytes.equals(blocks(24, 60_000))).toBe(true);
    expect(odd.channel.calls.slice(5)).toEqual(['write 1020000', 'write 120000']);
  });

  it('makes no write of one that is empty', async () => {
    const { stream, channel } = open();
    for (const size of [1, 0, 2, 0]) stream.write(counting(size));
    expect(channel.calls).toEqual(['write 1']);
    await turn();
    expect(channel.calls).toEqual(['write 1', 'write 2']);
  });

  it('lets no more than sixteen slow peers hold a block', async () => {
    const large = async (open: { stream: Duplex; channel: FakeChannel }): Promise<string[]> => {
      open.channel.calls.length = 0;
      for (let i = 0; i < 7; i++) open.stream.write(new Uint8Array(20_000));
      open.channel.status = WRITE_PENDING;
      await turn();
      return open.channel.calls;
    };
    const alone = Array<string>(7).fill('write 20000');
    const together = [...alone.slice(0, 5), 'write 40000'];
    // A clock of their own: blocks count by that.
    const slow = { nextTick: defaultNextTick };
    const peers = Array.from({ length: 17 }, () => open({ clock: slow }));
    await turn();
    const calls: string[][] = [];
    for (const peer of peers) calls.push([...(await large(peer))]);
    expect(calls).toEqual([...Array<string[]>(16).fill(together), alone]);
    const ends: ((peer: (typeof peers)[number]) => void)[] = [
      ({ channel }) => channel.settle(), ({ channel }) => channel.fail(new Error('lost')), ({ stream }) => void stream[engine].detach(),
    ];
    for (const [i, end] of ends.entries()) {
      peers[i].stream.on('error', () => {});
      end(peers[i]);
      await turn();
      expect(await large(open({ clock: slow }))).toEqual(together);
      expect(await large(open({ clock: slow }))).toEqual(alone);
    }
  });

  it('uses a block again that has left, and none that may be in the hands of the system still', async () => {
    const used = async (end: (channel: FakeChannel, stream: Duplex) => void): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for (let round = 0; round < 2; round++) {
        const { stream, channel } = open();
        stream.on('error', () => {});
        const write = channel.write.bind(channel);
        channel.write = (chunk) => {
          if (chunk.length === 40_000) seen.push(chunk.buffer);
          return write(chunk);
        };
        for (let i = 0; i < 7; i++) stream.write(new Uint8Array(20_000));
        channel.status = WRITE_PENDING;
        await turn();
        channel.status = WRITE_DONE;
        end(channel, stream);
        await turn();
      }
      return seen;
    };
    const [first, second] = await used((channel) => channel.settle());
    expect(second).toBe(first);
    const [lost, next] = await used((channel) => channel.fail(new Error('lost')));
    expect(next).not.toBe(lost);
    const [left, other] = await used((_channel, stream) => { stream[engine].detach(); });
    expect(other).not.toBe(left);
  });

  it('calls a callback that several writes share for each when its own has left', async () => {
    const { stream, channel } = open();
    let called = 0;
    const callback = (): void => { called++; };
    stream.write(counting(1), callback);
    stream.write(counting(1), callback);
    stream.write(counting(1), callback);
    channel.status = WRITE_PENDING;
    await turn();
    expect(called).toBe(1);
    channel.status = WRITE_DONE;
    channel.settle();
    await turn();
    expect(called).toBe(3);
  });

  it('counts as written when the channel goes in the same tick', async () => {
    const { stream, channel } = open();
    const events: string[] = [];
    stream.on('error', (error: Error) => events.push(error.message)).on('close', () => events.push('close'));
    stream.write(counting(1));
    stream.write(counting(1), (error) => events.push(`second ${error?.message ?? 'done'}`));
    channel.sink!.onClose(null);
    await turn();
    expect(events.sort()).toEqual(['close', 'second done']);
  });

  it('gathers less at a time for a channel that does not take it all, and more again for one that does', async () => {
    const { stream, channel } = open();
    const sizes = async (): Promise<number[]> => {
      channel.calls.length = 0;
      for (let i = 0; i < 40; i++) stream.write(new Uint8Array(65_536));
      await turn();
      return channel.calls.map((call) => Number(call.split(' ')[1])).filter((size) => size > 65_536);
    };
    expect(Math.max(...(await sizes()))).toBe(1_048_576);
    for (let i = 0; i < 7; i++) stream.write(new Uint8Array(65_536));
    channel.status = WRITE_PENDING;
    await turn();
    channel.status = WRITE_DONE;
    channel.settle();
    expect((await sizes()).slice(0, 2)).toEqual([524_288, 1_048_576]);
  });

  it('leaves a large write alone that has a callback: others neither hold it up nor lose it', async () => {
    const { stream, channel } = open();
    for (let i = 0; i < 8; i++) stream.write(new Uint8Array(20_000), () => {});
    expect(channel.calls).toEqual(Array<string>(8).fill('write 20000'));
    await turn();
  });

  it('keeps large bytes that are still under way apart from what other streams gather', async () => {
    const slow = open();
    const quick = open();
    slow.channel.status = WRITE_DONE;
    for (let i = 0; i < 7; i++) slow.stream.write(new Uint8Array(20_000).fill(i));
    slow.channel.status = WRITE_PENDING;
    await turn();
    for (let i = 0; i < 7; i++) quick.stream.write(new Uint8Array(20_000).fill(9));
    await turn();
    slow.channel.settle();
    expect(slow.channel.writtenBytes.equals(blocks(7, 20_000))).toBe(true);
  });

  it('calls the callbacks once each and in order', async () => {
    const { stream } = open();
    const called: number[] = [];
    for (let i = 0; i < 10; i++) stream.write(counting(3), () => called.push(i));
    expect(called).toEqual([]);
    await turn();
    expect(called).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('lets callbacks of gathered bytes wait when the channel does not take them', async () => {
    const { stream, channel, left } = open();
    const called: number[] = [];
    for (let i = 0; i < 3; i++) stream.write(counting(3, i * 3), () => called.push(i));
    channel.status = WRITE_PENDING;
    await turn();
    // The first was taken, whatever became of the others.
    expect(called).toEqual([0]);
    expect(stream.writableLength).toBe(6);
    stream.write(counting(1, 9), () => called.push(3));
    channel.status = WRITE_DONE;
    channel.settle();
    await turn();
    expect(called).toEqual([0, 1, 2, 3]);
    expect(left()).toEqual([...counting(10)]);
  });

  it('keeps what is lost apart from what was written before, also where a listener of drain writes as much again', async () => {
    const { stream, channel } = open({ highWaterMark: 10 });
    const results: string[] = [];
    const write = (name: string): boolean => stream.write(new Uint8Array(4000), (error) => results.push(`${name} ${error?.message ?? 'ok'}`));
    stream.on('error', () => {});
    stream.once('drain', () => {
      for (let i = 0; i < 60; i++) write('second');
    });
    for (let i = 0; i < 3; i++) write('first');
    channel.status = WRITE_PENDING;
    await turn();
    expect(results).toEqual(['first ok']);
    expect(write('first')).toBe(false);
    channel.status = WRITE_DONE;
    process.nextTick(() => { channel.status = WRITE_PENDING; });
    channel.settle();
    await turn();
    channel.fail(new Error('write EPIPE'));
    await turn();
    expect(results.slice(0, 4)).toEqual(Array<string>(4).fill('first ok'));
    expect(results).toHaveLength(64);
    // What left before the loss was written.
    expect(new Set(results.slice(4, 20))).toEqual(new Set(['second ok']));
    expect(results.at(-1)).toBe('second write EPIPE');
  });

  it('forgets what was lost when the stream starts over', async () => {
    const { stream, channel } = open();
    const results: (string | null)[] = [];
    stream.on('error', () => {});
    stream.write(counting(1));
    stream.write(counting(1));
    channel.status = WRITE_PENDING;
    await turn();
    channel.fail(new Error('write EPIPE'));
    await turn();
    stream[engine].restart();
    stream[engine].attach(new FakeChannel());
    for (let i = 0; i < 3; i++) stream.write(counting(1), (error) => results.push(error?.message ?? null));
    await turn();
    expect(results).toEqual([null, null, null]);
  });

  describe('of an answer', () => {
    /** What `answer` does with a stream that has just read, and with another of the same clock, and how many ticks it makes. */
    async function answering(answer: (stream: Duplex, other: ReturnType<typeof open>) => void): Promise<{ channel: FakeChannel; stream: Duplex; ticks: number; events: string[] }> {
      let ticks = 0;
      const nextTick: NextTick = (task, argument) => {
        ticks++;
        process.nextTick(task, argument);
      };
      const clock = { nextTick };
      const { stream, channel } = open({ clock });
      const events: string[] = [];
      for (const event of ['drain', 'finish', 'error']) stream.on(event, () => events.push(event));
      const other = open({ clock });
      stream.on('data', () => answer(stream, other));
      other.stream.on('data', () => {});
      await turn();
      ticks = 0;
      channel.sink!.onData(counting(1));
      return { channel, stream, ticks, events };
    }

    it('leaves at once and makes no tick', async () => {
      const { channel, ticks, stream } = await answering((to) => expect(to.write(counting(5))).toBe(true));
      expect([channel.calls, ticks]).toEqual([['write 5'], 0]);
      expect([stream.writableLength, stream._writableState.pendingcb]).toEqual([0, 0]);
    });

    it('leaves so also when another stream has read meanwhile', async () => {
      const { channel, ticks } = await answering((to, other) => {
        other.channel.sink!.onData(counting(1));
        to.write(counting(5));
      });
      expect([channel.calls, ticks]).toEqual([['write 5'], 0]);
    });

    it('gathers from the second write on, to one stream or to several', async () => {
      let other!: ReturnType<typeof open>;
      const { channel, ticks } = await answering((to, another) => {
        other = another;
        for (const size of [1, 2, 3]) {
          to.write(counting(size));
          other.stream.write(counting(size));
        }
      });
      expect([channel.calls, other.channel.calls, ticks]).toEqual([['write 1'], ['write 1'], 2]);
      await turn();
      // The two have taken turns in the memory where they gather.
      expect([channel.calls, other.channel.calls]).toEqual([['write 1', 'writev 2+3'], ['write 1', 'writev 2+3']]);
    });

    it('has its callback after the tick, behind those of earlier writes', async () => {
      const called: string[] = [];
      await answering((to) => {
        to.write(counting(1));
        to.write(counting(1), () => called.push('second'));
        to.write(counting(1), () => called.push('third'));
        expect(called).toEqual([]);
      });
      await turn();
      expect(called).toEqual(['second', 'third']);
    });

    it('and a write behind it, out of a microtask, are two writes', async () => {
      const { channel } = await answering((to) => {
        to.write(counting(1));
        void Promise.resolve().then(() => {
          to.write(counting(2));
          to.write(counting(3));
        });
      });
      await turn();
      expect(channel.calls).toEqual(['write 1', 'write 2', 'write 3']);
    });

    it('can be the last', async () => {
      const { channel, events } = await answering((to) => to.end(counting(5)));
      expect(channel.calls).toEqual(['write 5', 'shutdown']);
      channel.sink!.onShutdownDone();
      await turn();
      expect(events).toEqual(['finish']);
    });

    it('leaves nothing behind when a listener throws', async () => {
      const { channel } = await answering(() => {});
      const { stream } = open();
      const { stream: thrower, channel: source } = open();
      thrower.on('data', () => {
        throw new Error('by a listener');
      });
      await turn();
      expect(() => source.sink!.onData(counting(1))).toThrow('by a listener');
      const calls: unknown[] = [];
      stream.write(counting(1), () => calls.push(1));
      await turn();
      expect([calls, channel.calls]).toEqual([[1], []]);
    });
  });

  it('does not touch bytes that are still under way', async () => {
    const { stream: slow, channel, left } = open();
    const { stream: quick, left: quickLeft } = open();
    slow.write(counting(1));
    slow.write(counting(4, 1));
    channel.status = WRITE_PENDING;
    await turn();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 50; i++) quick.write(new Uint8Array(1000).fill(100 + round));
      await turn();
    }
    channel.settle();
    expect(left()).toEqual([...counting(5)]);
    expect(new Set(quickLeft())).toEqual(new Set([100, 101, 102]));
    expect(quickLeft()).toHaveLength(150_000);
  });

  it('gives the error to every callback when gathered bytes are lost', async () => {
    const { stream, channel } = open();
    const results: (string | undefined)[] = [];
    stream.on('error', () => {});
    stream.write(counting(1), (error) => results.push(error?.message));
    stream.write(counting(1), (error) => results.push(error?.message));
    channel.status = WRITE_PENDING;
    await turn();
    channel.fail(new Error('write EPIPE'));
    await turn();
    expect(results).toEqual([undefined, 'write EPIPE']);
  });

  it('gives the error also to callbacks whose turn comes after the loss', async () => {
    const { stream, channel } = open();
    const results: (string | null | undefined)[] = [];
    stream.on('error', () => {});
    stream.write(counting(1), (error) => results.push(error?.message ?? null));
    process.nextTick(() => channel.fail(new Error('write EPIPE')));
    stream.write(counting(1), (error) => results.push(error?.message ?? null));
    stream.write(counting(1), (error) => results.push(error?.message ?? null));
    channel.status = WRITE_PENDING;
    await turn();
    expect(results).toEqual([null, 'write EPIPE', 'write EPIPE']);
  });

  it('sends what was gathered before end, cork, destroy and detach do their work', () => {
    for (const act of ['end', 'cork', 'destroy', 'detach'] as const) {
      const { stream, channel, left } = open();
      stream.write(counting(1));
      stream.write(counting(1, 1));
      if (act === 'detach') stream[engine].detach();
      else stream[act]();
      expect([act, left()]).toEqual([act, [0, 1]]);
      const calls = { end: ['shutdown'], cork: [], destroy: ['close'], detach: [] }[act];
      expect(channel.calls).toEqual(['write 1', 'write 1', ...calls]);
    }
  });

  it('does not speed up what is corked', async () => {
    const { stream, channel, left } = open();
    stream.write(counting(1));
    stream.write(counting(1, 1));
    stream.cork();
    stream.write(counting(1, 2));
    stream.write(counting(1, 3));
    await turn();
    expect(left()).toEqual([0, 1]);
    stream.uncork();
    expect(left()).toEqual([0, 1, 2, 3]);
    expect(channel.calls.at(-1)).toBe('writev 1+1');
  });

  it('sends nothing to a later channel that was gathered for a former one', async () => {
    const { stream, channel } = open();
    stream.on('error', () => {});
    stream.write(counting(1));
    stream.write(counting(5));
    channel.fail(new Error('broken'));
    const own = stream[engine];
    own.restart();
    const next = new FakeChannel();
    own.attach(next);
    await turn();
    expect(next.calls).toEqual([]);
  });

  it('survives listeners and callbacks that throw', async () => {
    const thrown: unknown[] = [];
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => thrown.push(error));
    try {
      const { stream, left } = open();
      stream.write(counting(1), () => {
        throw new Error('in a callback');
      });
      stream.write(counting(1, 1));
      stream.write(counting(1, 2), () => stream.write(counting(1, 3)));
      await turn();
      await turn();
      expect(left()).toEqual([0, 1, 2, 3]);
      expect(thrown).toHaveLength(1);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of before) process.on('uncaughtException', listener);
    }
  });

  it('sends what callbacks write, and closes when they destroy', async () => {
    const { stream, channel, left } = open();
    const called: unknown[] = [];
    stream.write(counting(1), () => {
      stream.write(counting(1, 3));
      stream.write(counting(1, 4));
      stream.destroy();
    });
    stream.write(counting(1, 1), (error) => called.push(error));
    stream.write(counting(1, 2), (error) => called.push(error));
    await turn();
    expect(left()).toEqual([0, 1, 2, 3, 4]);
    expect(called).toEqual([null, null]);
    expect(channel.calls.at(-1)).toBe('close');
  });

  it('keeps the bytes of several streams apart', async () => {
    const streams = Array.from({ length: 5 }, () => open());
    for (let i = 0; i < 100; i++) streams.forEach(({ stream }, n) => stream.write(Uint8Array.of(n, i)));
    await turn();
    streams.forEach(({ left, channel }, n) => {
      expect(left()).toEqual(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? n : i >> 1)));
      expect(channel.calls).toHaveLength(2);
    });
  });
});

describe('the environment', () => {
  afterEach(() => {
    vi.resetModules();
    delete process.env['NETSTRATA_GATHER'];
    delete (Object.prototype as { NETSTRATA_GATHER?: string }).NETSTRATA_GATHER;
  });

  it.each<[what: string, gathers: boolean, set: () => void]>([
    ['NETSTRATA_GATHER=0', false, () => { process.env['NETSTRATA_GATHER'] = '0'; }],
    ['NETSTRATA_GATHER=1', true, () => { process.env['NETSTRATA_GATHER'] = '1'; }],
    ['nothing', true, () => {}],
    ['nothing, whatever Object.prototype has,', true, () => Object.assign(Object.prototype, { NETSTRATA_GATHER: '0' })],
  ])('with %s lets gather: %s', async (_what, gathers, set) => {
    vi.resetModules();
    const fresh = await import('../src/index.js');
    const channel = new FakeChannel();
    set();
    const stream = new fresh.Duplex(channel, { clock });
    await turn();
    for (let i = 0; i < 3; i++) stream.write(counting(1));
    expect(channel.calls.length).toBe(gathers ? 1 : 3);
    await turn();
  });

  it('that may not be looked at lets gather', async () => {
    vi.resetModules();
    const fresh = await import('../src/index.js');
    const channel = new FakeChannel();
    const held = Object.getOwnPropertyDescriptor(process, 'env')!;
    Object.defineProperty(process, 'env', { get() { throw new Error('not permitted'); }, configurable: true });
    let stream: Duplex;
    try {
      stream = new fresh.Duplex(channel, { clock });
    } finally {
      Object.defineProperty(process, 'env', held);
    }
    await turn();
    for (let i = 0; i < 3; i++) stream.write(counting(1));
    expect(channel.calls.length).toBe(1);
  });
});

describe('the exit of the process', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stream-core-'));
    await build({ entry: { core: fileURLToPath(new URL('../src/index.ts', import.meta.url)) }, outDir: folder, format: ['cjs'], dts: false, silent: true, clean: false, config: false });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What reaches the peer when this runs; its channel writes to standard output at once, as a kernel would. */
  function output(body: string): string {
    const file = join(folder, 'main.cjs');
    writeFileSync(file, `
      const { writeSync } = require('node:fs');
      const { Duplex } = require('./core.cjs');
      const stream = new Duplex({
        sink: null, bytesRead: 0, bytesWritten: 0, readStart() {}, readStop() {}, shutdown() {}, close() {}, abort() {}, ref() {}, unref() {},
        write(chunk) { writeSync(1, chunk); return 0; },
        writev(chunks) { for (const chunk of chunks) writeSync(1, chunk); return 0; },
      });
      ${body}
    `);
    return spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout;
  }

  it.each([
    ['process.exit in the same tick', `for (const text of 'abc') stream.write(text); process.exit()`],
    ['an exception that nobody catches', `for (const text of 'abc') stream.write(text); throw new Error('no')`],
    ['process.exit in a write callback', `stream.write('a', () => { stream.write('b'); stream.write('c'); process.exit(); })`],
    ['a write in a listener of exit', `stream.write('a'); stream.write('b'); process.on('exit', () => { stream.write('c'); }); process.exit()`],
    ['writes in a listener of exit alone', `process.on('exit', () => { for (const text of 'abc') stream.write(text); })`],
  ])('loses nothing: %s', (_title, body) => {
    expect(output(body)).toBe('abc');
  });
});
