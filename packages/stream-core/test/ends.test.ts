import { Duplex as NodeDuplex } from 'node:stream';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Duplex, engine } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_PENDING } from './support/fake-channel.js';

/** What a stream emits, with the codes or messages of errors. */
function heard(stream: NodeJS.EventEmitter): string[] {
  const events: string[] = [];
  for (const event of ['end', 'finish', 'error', 'close']) {
    stream.on(event, (error?: { code?: string; message: string }) => events.push(error ? `${event} ${error.code ?? error.message}` : event));
  }
  return events;
}

const ways = ['nothing', 'ends', 'ends it in a tick', 'destroys'] as const;

/** What the listener of 'end' does, on a stream of either kind whose peer has ended. */
async function ended(kind: 'ours' | 'node', allowHalfOpen: boolean, way: (typeof ways)[number]): Promise<string[]> {
  const channel = new FakeChannel();
  const theirs = new NodeDuplex({ allowHalfOpen, read() {}, write: (_chunk, _encoding, done) => { done(); }, final: (done) => { setImmediate(done); } });
  const stream = kind === 'ours' ? new Duplex(channel, { allowHalfOpen }) : theirs;
  const events = heard(stream);
  stream.on('end', () => {
    events.push(`writableEnded ${stream.writableEnded}`);
    if (way === 'ends') stream.end('bye');
    else if (way === 'destroys') stream.destroy();
    else if (way === 'ends it in a tick') process.nextTick(() => { stream.end('bye'); });
  });
  stream.resume();
  if (kind === 'ours') channel.receiveEnd();
  else theirs.push(null);
  await turn();
  channel.finishShutdown();
  await turn();
  await turn();
  return [...events, `${stream.writableEnded} ${stream.writableFinished} ${stream.destroyed}`];
}

it.each([true, false].flatMap((half) => ways.map((way) => [half, way] as const)))('after the end of the peer, half-open %s: the listener %s', async (half, way) => {
  expect(await ended('ours', half, way)).toEqual(await ended('node', half, way));
});

const destroys: Record<string, (error: Error | null, done: (error?: Error | null) => void) => void> = {
  'calls back twice': (_error, done) => { done(); done(new Error('again')); },
  'calls back with an error': (_error, done) => { done(new Error('from _destroy')); },
  'calls back with null': (_error, done) => { done(null); },
  'calls back later': (_error, done) => { setImmediate(done, null); },
  'throws': () => { throw new Error('thrown'); },
};

it.each(Object.keys(destroys).flatMap((name) => [null, new Error('given')].map((error) => [name, error] as const)))('a _destroy that %s, with %s', async (name, error) => {
  const observe = async (stream: Duplex | NodeDuplex): Promise<unknown[]> => {
    const events = heard(stream);
    stream._destroy = destroys[name]!;
    stream.destroy(error ?? undefined);
    await turn();
    return [...events, stream.errored?.message, stream.closed, stream.destroyed];
  };
  expect(await observe(new Duplex(new FakeChannel()))).toEqual(await observe(new NodeDuplex({ read() {} })));
});

it('a stream that is destroyed before it has a channel tells what waited for one', async () => {
  const stream = new Duplex(null);
  const told: unknown[] = [];
  const events = heard(stream);
  stream.write('a', (error) => told.push(error?.message));
  await turn();
  stream.destroy();
  await turn();
  expect(told).toEqual(['Cannot call write after a stream was destroyed']);
  expect(events).toEqual(['close']);
  expect(stream.errored).toBeNull();
});

const failed = (syscall: string): Error => Object.assign(new Error(`${syscall} failed`), { code: 'EFAILED', syscall });

it.each([
  // The write was under way, and is lost with the channel.
  ['read', ['error EFAILED', 'write ECANCELED', 'close']],
  ['write', ['write EFAILED', 'error EFAILED', 'close']],
])('a write is under way when the channel fails with an error of %s', async (syscall, wanted) => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  const events = heard(stream);
  channel.status = WRITE_PENDING;
  stream.write(counting(3), (error) => events.push(`write ${(error as { code?: string } | null)?.code}`));
  channel.fail(failed(syscall));
  await turn();
  expect(events).toEqual(wanted);
});

it('without one the error of a read is all there is', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  const events = heard(stream);
  channel.fail(failed('read'));
  await turn();
  expect(events).toEqual(['error EFAILED', 'close']);
});

it('a stream that starts over in the listener of such an error has the callback, and nothing of it after', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  const events: string[] = [];
  channel.status = WRITE_PENDING;
  stream.write(counting(3), (error) => events.push(`write ${(error as { code?: string } | null)?.code}`));
  const next = new FakeChannel();
  stream.on('error', () => {
    events.push('error');
    stream[engine].restart();
    stream.attach(next);
    stream.write(counting(2), () => events.push('the next is written'));
  });
  stream.on('close', () => events.push('close'));
  channel.fail(failed('read'));
  await turn();
  expect(events).toEqual(['error', 'close', 'write ERR_STREAM_DESTROYED', 'the next is written']);
  expect(next.written).toEqual([0, 1]);
  expect(stream.destroyed).toBe(false);
});

it('an end that waits for the channel is forgotten when the stream starts over', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  const pending = (): number => (stream as unknown as { _writableState: { pendingcb: number } })._writableState.pendingcb;
  stream.end();
  await turn();
  expect(pending()).toBe(1);
  expect(channel.shuttingDown).toBe(true);
  stream.destroy();
  await turn();
  stream[engine].restart();
  expect(pending()).toBe(0);
  const next = new FakeChannel();
  stream.attach(next);
  let finished = 0;
  stream.on('finish', () => finished++);
  stream.end('a');
  await turn();
  next.finishShutdown();
  await turn();
  expect(finished).toBe(1);
  expect(pending()).toBe(0);
});

it('an engine shows in a word what it is', () => {
  expect(inspect(new Duplex(null)[engine])).toBe('[StreamEngine]');
});
