import { expect, it } from 'vitest';
import { Duplex, engine } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';
import { surviving } from './support/uncaught.js';

it('what was written before there is a channel is sent in order when there is one', async () => {
  const stream = new Duplex(null);
  const called: number[] = [];
  for (let i = 0; i < 4; i++) stream.write(counting(2, i * 2), () => called.push(i));
  expect(stream.writableLength).toBe(8);
  await turn();
  expect(called).toEqual([]);
  const channel = new FakeChannel();
  stream.attach(channel);
  await turn();
  expect(channel.written).toEqual([...counting(8)]);
  expect(called).toEqual([0, 1, 2, 3]);
  expect(channel.calls).toEqual(['write 2', 'writev 2+2+2']);
});

it('what was corked before there is a channel is sent in order when there is one', async () => {
  const stream = new Duplex(null);
  stream.cork();
  for (let i = 0; i < 3; i++) stream.write(counting(1, i));
  stream.uncork();
  const channel = new FakeChannel();
  stream.attach(channel);
  await turn();
  expect(channel.written).toEqual([0, 1, 2]);
});

it('an end before there is a channel shuts it down once, behind what was written', async () => {
  for (const writes of [0, 1, 2]) {
    for (const status of [WRITE_DONE, WRITE_PENDING] as const) {
      const stream = new Duplex(null);
      for (let i = 0; i < writes; i++) stream.write(counting(1, i));
      let finished = 0;
      stream.end(() => finished++);
      await turn();
      const channel = new FakeChannel();
      channel.status = status;
      stream.attach(channel);
      for (let i = 0; i < 3; i++) {
        await turn();
        channel.settle();
      }
      await turn();
      expect(channel.written).toEqual([...counting(writes)]);
      expect(channel.calls.filter((call) => call === 'shutdown')).toHaveLength(1);
      expect(channel.calls.at(-1)).toBe('shutdown');
      channel.finishShutdown();
      await turn();
      expect(finished).toBe(1);
    }
  }
});

it('reading that was asked for before starts with the channel, and none that was not', async () => {
  const quiet = new Duplex(null);
  const eager = new Duplex(null);
  const got: unknown[] = [];
  eager.on('data', (chunk: Uint8Array) => got.push(...chunk));
  await turn();
  const channels = [new FakeChannel(), new FakeChannel()];
  quiet.attach(channels[0]);
  eager.attach(channels[1]);
  expect(channels.map(({ reading }) => reading)).toEqual([false, true]);
  channels[1].receive(counting(3));
  expect(got).toEqual([0, 1, 2]);
});

it('a stream that dies before it has a channel tells every write, then closes', async () => {
  const stream = new Duplex(null);
  const events: string[] = [];
  stream.on('close', () => events.push('close'));
  stream.write('a', (error) => events.push(`a ${(error as { code?: string } | undefined)?.code}`));
  stream.write('b', (error) => events.push(`b ${(error as { code?: string } | undefined)?.code}`));
  stream.end((error?: { code?: string } | null) => events.push(`end ${error?.code}`));
  stream.destroy();
  await turn();
  expect(events).toEqual(['a ERR_STREAM_DESTROYED', 'b ERR_STREAM_DESTROYED', 'end ERR_STREAM_DESTROYED', 'close']);
  expect(stream.errored).toBe(null);
  const channel = new FakeChannel();
  stream.attach(channel);
  await turn();
  expect(channel.calls).toEqual(['close']);
});

it('a detached channel stays open and tells the stream nothing more', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  stream.on('data', () => {});
  stream.write(counting(1));
  stream.write(counting(1, 1));
  const own = stream[engine];
  expect(own.detach()).toBe(channel);
  expect(own.detach()).toBe(null);
  expect([channel.written, channel.sink, channel.closed]).toEqual([[0, 1], null, false]);
  stream.destroy();
  await turn();
  expect(stream.closed).toBe(true);
  expect(channel.closed).toBe(false);
});

it('abortOnRelease resets the channel instead of closing it', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  stream[engine].abortOnRelease();
  stream.destroy();
  await turn();
  expect(channel.calls).toEqual(['abort']);
  expect(stream.closed).toBe(true);
});

it('a stream that starts over lives as a new one does, on a new channel', async () => {
  const first = new FakeChannel();
  const stream = new Duplex(first);
  const events: string[] = [];
  for (const event of ['end', 'finish', 'close', 'error']) stream.on(event, () => events.push(event));
  stream.resume();
  first.receiveEnd();
  stream.end();
  first.finishShutdown();
  await turn();
  await turn();
  expect(events.splice(0).sort()).toEqual(['close', 'end', 'finish']);
  stream[engine].restart();
  expect([stream.destroyed, stream.writable, stream.readable, stream.closed]).toEqual([false, true, true, false]);
  const second = new FakeChannel();
  stream.attach(second);
  stream.read(0);
  second.receive(counting(2));
  stream.write(counting(1));
  second.receiveEnd();
  stream.end();
  second.finishShutdown();
  await turn();
  await turn();
  expect(second.written).toEqual([0]);
  expect([...events].sort()).toEqual(['close', 'end', 'finish']);
});

it('a stream that starts over while its channel closes hears nothing of that channel but its close', async () => {
  const first = new FakeChannel();
  first.status = WRITE_PENDING;
  const stream = new Duplex(first);
  const events: string[] = [];
  for (const event of ['end', 'finish', 'close', 'error']) stream.on(event, () => events.push(event));
  stream.write('a', (error) => events.push(`a ${(error as { code?: string } | undefined)?.code}`));
  stream.write('b', (error) => events.push(`b ${(error as { code?: string } | undefined)?.code}`));
  stream.destroy();
  stream[engine].restart();
  const second = new FakeChannel();
  stream.attach(second);
  stream.write(counting(1));
  await turn();
  await turn();
  expect([...events].sort()).toEqual(['a ERR_STREAM_DESTROYED', 'b ERR_STREAM_DESTROYED', 'close']);
  expect([stream.destroyed, second.closed, second.written]).toEqual([false, false, [0]]);
  stream.destroy();
  await turn();
  expect(events.filter((event) => event === 'close')).toHaveLength(2);
});

it("a stream may start over in a listener for 'error'", async () => {
  const stream = new Duplex(null);
  const events: string[] = [];
  stream.on('error', (error: Error) => {
    events.push(error.message);
    stream[engine].restart();
  });
  stream.on('close', () => events.push('close'));
  const thrown = await surviving(async () => {
    stream.destroy(new Error('the first connection'));
    await turn();
  });
  const channel = new FakeChannel();
  stream.attach(channel);
  stream.write(counting(3));
  await turn();
  expect([thrown, events, channel.written, stream.destroyed]).toEqual([[], ['the first connection', 'close'], [0, 1, 2], false]);
});
