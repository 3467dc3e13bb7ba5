import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import './support/fuzz.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteQueue, TextQueue } from '../src/index.js';

type Operation = { op: 'push' | 'unshift'; size: number } | { op: 'shift' | 'clear' } | { op: 'read'; part: number };

const operations = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ op: fc.constant('push' as const), size: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('unshift' as const), size: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant('shift' as const) }) },
    { weight: 5, arbitrary: fc.record({ op: fc.constant('read' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('clear' as const) }) },
  ),
  { maxLength: 300, size: 'max' },
);

/** Runs the operations on a queue and on an array of single units. */
function check(queue: ByteQueue | TextQueue, make: (units: number[]) => Uint8Array | string, units: (chunk: Uint8Array | string) => number[], steps: Operation[]): void {
  let model: number[] = [];
  let next = 0;
  const fresh = (size: number): number[] => Array.from({ length: size }, () => next++ % 200);
  const into = queue as ByteQueue;
  for (const step of steps) {
    if (step.op === 'push') {
      const added = fresh(step.size);
      into.push(make(added) as Uint8Array);
      model.push(...added);
    } else if (step.op === 'unshift') {
      const added = fresh(step.size);
      into.unshift(make(added) as Uint8Array);
      model.unshift(...added);
    } else if (step.op === 'clear') {
      queue.clear();
      model = [];
    } else if (step.op === 'shift') {
      const size = queue.firstLength;
      const chunk = queue.shift();
      expect(chunk === undefined ? [] : units(chunk)).toEqual(model.splice(0, size));
    } else if (step.op === 'read' && model.length > 0) {
      const size = Math.max(1, Math.round(step.part * model.length));
      expect(units(queue.read(size))).toEqual(model.splice(0, size));
    }
    expect(queue.length).toBe(model.length);
    expect(queue.count === 0).toBe(model.length === 0);
    expect([...(queue as Iterable<Uint8Array | string>)].flatMap(units)).toEqual(model);
  }
}

it('a ByteQueue gives every byte once, in order, in the amounts asked for', () => {
  fc.assert(fc.property(operations, (steps) => check(new ByteQueue(), (units) => Uint8Array.from(units), (chunk) => [...(chunk as Uint8Array)], steps)));
});

it('a TextQueue gives every character once, in order, in the amounts asked for', () => {
  fc.assert(fc.property(operations, (steps) => check(new TextQueue(), (units) => String.fromCharCode(...units), (chunk) => Array.from({ length: chunk.length }, (_, i) => (chunk as string).charCodeAt(i)), steps)));
});

it('a ByteQueue copies nothing while an amount lies within one chunk', () => {
  const queue = new ByteQueue();
  const chunk = new Uint8Array(10);
  queue.push(chunk);
  expect(queue.read(4).buffer).toBe(chunk.buffer);
  expect(queue.read(6).buffer).toBe(chunk.buffer);
});

it('a queue that was drained in between keeps no chunk alive', () => {
  const queue = new ByteQueue();
  for (let i = 0; i < 1000; i++) {
    queue.push(new Uint8Array(1));
    queue.push(new Uint8Array(1));
    queue.shift();
  }
  expect(queue.count).toBe(1000);
  while (queue.shift() !== undefined);
  expect([queue.count, queue.length, [...queue]]).toEqual([0, 0, []]);
});

it('a queue keeps no chunk alive that was taken', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const queue = new ByteQueue();
  const chunks = Array.from({ length: 4 }, () => {
    const chunk = new Uint8Array(100);
    queue.push(chunk);
    return new WeakRef(chunk);
  });
  queue.shift();
  queue.read(100);
  await new Promise(setImmediate);
  collect();
  expect(chunks.map((chunk) => chunk.deref() === undefined)).toEqual([true, true, false, false]);
});

it('bytes that were put back before text become text', () => {
  for (const size of [3, 4]) {
    const queue = new TextQueue();
    (queue as unknown as ByteQueue).push(Buffer.from('abc'));
    if (size === 4) queue.push('d');
    expect(queue.read(size)).toBe('abcd'.slice(0, size));
  }
});
