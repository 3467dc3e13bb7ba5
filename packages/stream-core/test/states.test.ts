import { Duplex as NodeStream } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Duplex } from '../src/index.js';
import { counting, FakeChannel, turn } from './support/fake-channel.js';

type State = Record<string, unknown>;

/** What the two sides say of themselves, under the names that the ecosystem reads. */
const names = {
  _readableState: [
    'objectMode', 'highWaterMark', 'length', 'flowing', 'ended', 'endEmitted', 'reading', 'constructed', 'sync', 'needReadable', 'emittedReadable',
    'readableListening', 'resumeScheduled', 'errorEmitted', 'emitClose', 'autoDestroy', 'destroyed', 'errored', 'closed', 'closeEmitted', 'defaultEncoding',
    'awaitDrainWriters', 'readingMore', 'dataEmitted', 'decoder', 'encoding', 'pipes', 'paused', 'buffer',
  ],
  _writableState: [
    'objectMode', 'highWaterMark', 'length', 'corked', 'needDrain', 'ending', 'ended', 'finished', 'destroyed', 'decodeStrings', 'defaultEncoding', 'writing',
    'sync', 'bufferProcessing', 'constructed', 'prefinished', 'errorEmitted', 'emitClose', 'autoDestroy', 'errored', 'closed', 'closeEmitted', 'finalCalled',
    'pendingcb', 'bufferedRequestCount', 'buffered', 'bufferedIndex',
  ],
} as const;
/** Those of the life of a stream, which both sides tell. */
const shared = ['destroyed', 'closed', 'closeEmitted', 'errorEmitted', 'autoDestroy', 'emitClose'];

const told = (state: State, side: keyof typeof names): State => Object.fromEntries(names[side].map((name) => [name, state[name]]));
const stateOf = (stream: object, side: keyof typeof names): State => (stream as Record<string, State>)[side];

describe.each(['_readableState', '_writableState'] as const)('%s', (side) => {
  it.each([{ highWaterMark: 65_536 }, { highWaterMark: 5, autoDestroy: false, emitClose: false, decodeStrings: false, defaultEncoding: 'latin1' as const }])('of a new stream says what that of Node says (%o)', (options) => {
    const [ours, theirs] = [new Duplex(new FakeChannel(), options), new NodeStream(options)];
    expect(told(stateOf(ours, side), side)).toEqual(told(stateOf(theirs, side), side));
  });

  it('takes what it is told', () => {
    const state = stateOf(new Duplex(), side);
    const flags = names[side].filter((name) => typeof state[name] === 'boolean' && !['objectMode', 'constructed', 'paused', 'writing'].includes(name));
    for (const name of flags) {
      const others = flags.filter((other) => other !== name).map((other) => state[other]);
      for (const on of [true, false, true]) {
        state[name] = on;
        expect([name, state[name]]).toEqual([name, on]);
      }
      state[name] = false;
      state[name] = Reflect.get(stateOf(new Duplex(), side), name);
      expect([name, flags.filter((other) => other !== name).map((other) => state[other])]).toEqual([name, others]);
    }
  });
});

it('what is true of the stream, both sides tell', () => {
  const stream = new Duplex();
  for (const name of shared) {
    for (const on of [true, false]) {
      stateOf(stream, '_writableState')[name] = on;
      expect([name, stateOf(stream, '_readableState')[name]]).toEqual([name, on]);
    }
  }
  const error = new Error('of the stream');
  stateOf(stream, '_readableState')['errored'] = error;
  expect([stateOf(stream, '_writableState')['errored'], stream.errored]).toEqual([error, error]);
});

it('flowing is true, false, or not decided yet', () => {
  const state = stateOf(new Duplex(), '_readableState');
  for (const flowing of [true, false, null, false, true, null]) {
    state['flowing'] = flowing;
    expect(state['flowing']).toBe(flowing);
  }
});

it('a reading side that is told that it reads nothing lets its channel stop', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  stream.resume();
  await turn();
  const state = stateOf(stream, '_readableState');
  expect([channel.reading, state['reading']]).toEqual([true, true]);
  state['reading'] = true;
  expect(channel.reading).toBe(true);
  state['reading'] = false;
  expect([channel.reading, state['reading']]).toEqual([false, false]);
});

it('destinations of pipes are told, and which of them are full', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel);
  const [full, empty] = [0, 1].map(() => new Duplex(new FakeChannel(), { highWaterMark: 2 }));
  const state = stateOf(stream, '_readableState');
  stream.pipe(full);
  stream.pipe(empty);
  await turn();
  expect([state['pipes'], state['awaitDrainWriters']]).toEqual([[full, empty], null]);
  full.cork();
  channel.receive(counting(2));
  expect([state['awaitDrainWriters'], stream.isPaused()]).toEqual([new Set([full]), true]);
  full.uncork();
  await turn();
  expect([state['awaitDrainWriters'], stream.isPaused()]).toEqual([null, false]);
  stream.unpipe();
  expect(state['pipes']).toEqual([]);
});
