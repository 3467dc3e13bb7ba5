import { Duplex as NodeDuplex } from 'node:stream';
import { expect, it } from 'vitest';
import { Duplex, duplexPair } from '../src/index.js';
import { turn } from './support/fake-channel.js';

/** What both ends of a pair see, by their names. */
function watched(options?: Parameters<typeof duplexPair>[0]): { a: Duplex; b: Duplex; events: string[] } {
  const [a, b] = duplexPair(options);
  const events: string[] = [];
  for (const [name, end] of [['a', a], ['b', b]] as const) {
    for (const event of ['end', 'finish', 'error', 'close']) {
      end.on(event, (error?: { code?: string; syscall?: string } | boolean) => {
        events.push(`${name} ${event}${typeof error === 'object' ? ` ${error.syscall} ${error.code}` : ''}`);
      });
    }
  }
  return { a, b, events };
}

it('bytes go both ways, each end ends by itself, and each is closed when both have', async () => {
  const { a, b, events } = watched({ allowHalfOpen: true });
  const got: Record<string, string> = { a: '', b: '' };
  a.on('data', (bytes) => { got['a'] += String(bytes); });
  b.on('data', (bytes) => { got['b'] += String(bytes); });
  a.write('to b');
  b.write('to a');
  a.write(', more');
  await turn();
  expect(got).toEqual({ a: 'to a', b: 'to b, more' });
  a.end();
  await turn();
  expect([...events].sort()).toEqual(['a finish', 'b end']);
  b.end('last');
  await turn();
  expect(got['a']).toBe('to alast');
  expect([...events].sort()).toEqual(['a close', 'a end', 'a finish', 'b close', 'b end', 'b finish']);
});

it('a write is done when the other end has taken it', async () => {
  const { a, b } = watched();
  let written = 0;
  a.write('first', () => written++);
  await turn();
  expect(written).toBe(0);
  b.resume();
  await turn();
  expect(written).toBe(1);
  a.write('second', () => written++);
  await turn();
  expect(written).toBe(2);
});

it('the end comes once what was written before has been read', async () => {
  const { a, b, events } = watched();
  a.end('unread');
  await turn();
  expect(events).not.toContain('b end');
  b.resume();
  await turn();
  expect(events).toContain('b end');
});

it('an end that is destroyed without writing is an end for the other', async () => {
  const { a, b, events } = watched();
  b.resume();
  a.destroy();
  await turn();
  expect(events).toEqual(['a close', 'b end']);
});

it('a write that the other end does not take before it is destroyed fails', async () => {
  const { a, b, events } = watched();
  const told: unknown[] = [];
  a.write('never read', (error) => told.push((error as { code?: string } | null)?.code));
  await turn();
  b.destroy();
  await turn();
  expect(told).toEqual(['EPIPE']);
  expect([...events].sort()).toEqual(['a close', 'a error write EPIPE', 'b close']);
  const late: unknown[] = [];
  const { a: one, b: other } = watched({ allowHalfOpen: true });
  one.resume();
  other.destroy();
  await turn();
  one.write('too late', (error) => late.push((error as { code?: string } | null)?.code));
  await turn();
  expect(late).toEqual(['EPIPE']);
});

// What an object is asked for that is no stream: the prototype.
const PROPERTIES = [
  'readable', 'readableFlowing', 'readableLength', 'readableHighWaterMark', 'readableEnded', 'readableEncoding', 'readableObjectMode', 'readableDidRead',
  'readableAborted', 'writable', 'writableLength', 'writableHighWaterMark', 'writableEnded', 'writableFinished', 'writableCorked', 'writableObjectMode',
  'writableNeedDrain', 'writableBuffer', 'readableBuffer', 'writableAborted', 'destroyed', 'closed', 'errored',
];

function asked(of: object, name: string): unknown {
  try {
    return Reflect.get(of, name) as unknown;
  } catch (error) {
    return (error as Error).name;
  }
}

it.each(PROPERTIES)('%s of the prototype is what Node\'s is', (name) => {
  expect(asked(Duplex.prototype, name)).toEqual(asked(NodeDuplex.prototype, name));
});

it.each(PROPERTIES)('%s of a new stream, and of one that is over, is what Node\'s is', async (name) => {
  const make = (): [Duplex, NodeDuplex] => [duplexPair()[0], new NodeDuplex({ read() {}, write() {} })];
  // The mark is this package's own.
  const seen = ([ours, theirs]: [Duplex, NodeDuplex]): void => {
    if (!name.endsWith('Mark')) expect(asked(ours, name)).toEqual(asked(theirs, name));
  };
  seen(make());
  const over = make();
  for (const stream of over) stream.destroy();
  await turn();
  seen(over);
  const disabled = make();
  for (const stream of disabled) {
    stream.readable = false;
    (stream as { writable: boolean }).writable = false;
  }
  seen(disabled);
});

it.each([true, false, null, undefined, 0, 'x'])('readableFlowing takes %s as Node does', (value) => {
  const streams = [duplexPair()[0], new NodeDuplex({ read() {}, write() {} })];
  const [ours, theirs] = streams.map((stream) => {
    (stream as { readableFlowing: unknown }).readableFlowing = value;
    return stream.readableFlowing;
  });
  expect(ours).toBe(theirs);
});
