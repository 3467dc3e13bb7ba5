import fc from 'fast-check';
import { runs } from './support/fuzz.js';
import { expect, it } from 'vitest';
import { Duplex, duplexPair } from '../src/index.js';
import { FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';


const plain = <const T extends string>(...ops: T[]): fc.Arbitrary<{ op: T }> => fc.constantFrom(...ops).map((op) => ({ op }));

type Step =
  | { op: 'write'; size: number; text: boolean }
  | { op: 'cork' | 'uncork' | 'turn' | 'settle' | 'pending' | 'done' | 'end' }
  | { op: 'destroy' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ op: fc.constant('write' as const), size: fc.constantFrom(0, 1, 3, 50, 1000, 4096, 4097, 9000), text: fc.boolean() }) },
    { weight: 8, arbitrary: plain('cork', 'uncork', 'turn', 'settle', 'settle', 'pending', 'done') },
    { weight: 1, arbitrary: plain('end', 'destroy') },
  ),
  { maxLength: 40, size: 'max' },
);

/** Bytes that tell their place, all below 128 so that text of them has as many bytes. */
function numbered(from: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (from + i) % 127);
}

it('whatever the channel does, every byte leaves once and in order, and every callback comes once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(0, 10, 5000, 65536), fc.boolean(), async (sequence, highWaterMark, decodeStrings) => {
      const channel = new FakeChannel();
      const stream = new Duplex(channel, { highWaterMark, decodeStrings });
      const events: string[] = [];
      const called: number[] = [];
      const failed: number[] = [];
      let writes = 0;
      let sent = 0;
      let refused = false;
      for (const event of ['finish', 'close', 'error']) stream.on(event, () => events.push(event));
      stream.on('drain', () => {
        expect(refused).toBe(true);
        expect(stream.writableLength).toBe(0);
        refused = false;
      });
      for (const step of sequence) {
        if (step.op === 'write') {
          if (!stream.writable) continue;
          const n = writes++;
          const bytes = numbered(sent, step.size);
          sent += step.size;
          const more = stream.write(step.text ? Buffer.from(bytes).toString('latin1') : bytes, 'latin1', (error) => {
            called.push(n);
            if (error) failed.push(n);
          });
          // What the channel did not take at once was either copied or is still ours to change: then it must wait.
          if (stream.writableLength === 0) bytes.fill(200);
          if (!more) refused = true;
        } else if (step.op === 'turn') await turn();
        else if (step.op === 'pending' || step.op === 'done') {
          await turn();
          channel.status = step.op === 'done' ? WRITE_DONE : WRITE_PENDING;
        } else if (step.op === 'settle') channel.settle();
        else stream[step.op]();
      }
      channel.status = WRITE_DONE;
      while (stream.writableCorked > 0) stream.uncork();
      for (let i = 0; i < 5; i++) {
        channel.settle();
        await turn();
      }
      if (!stream.destroyed) {
        // It lived: all of it left, and whoever was refused was told to go on.
        expect(channel.written).toEqual([...numbered(0, sent)]);
        expect(failed).toEqual([]);
        expect(refused && !stream.writableEnded).toBe(false);
        if (!stream.writableEnded) stream.end();
        channel.finishShutdown();
        await turn();
        expect(events).toEqual(['finish']);
        stream.destroy();
      }
      await turn();
      const left = channel.written.length;
      expect(channel.written).toEqual([...numbered(0, left)]);
      // As in Node, `destroy` may tell those that wait of their fate before it is the turn of the last that succeeded.
      expect(called.filter((n) => failed.includes(n))).toEqual(failed);
      for (const some of [failed, called.filter((n) => !failed.includes(n))]) expect(some).toEqual([...some].sort((a, b) => a - b));
      expect([...called].sort((a, b) => a - b)).toEqual(Array.from({ length: writes }, (_, i) => i));
      expect(events.filter((event) => event === 'close')).toHaveLength(1);
      expect(events.at(-1)).toBe('close');
    }),
    { numRuns: runs },
  );
});

type Reading = { op: 'write'; size: number } | { op: 'read'; size: number | undefined } | { op: 'pause' | 'resume' | 'flow' | 'unflow' | 'readable' | 'turn' | 'putBack' };

const readings: fc.Arbitrary<Reading[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ op: fc.constant('write' as const), size: fc.constantFrom(1, 7, 100, 3000) }) },
    { weight: 4, arbitrary: fc.record({ op: fc.constant('read' as const), size: fc.constantFrom(undefined, 0, 1, 5, 64, 500) }) },
    { weight: 6, arbitrary: plain('pause', 'resume', 'flow', 'unflow', 'readable', 'turn', 'turn', 'putBack') },
  ),
  { maxLength: 40, size: 'max' },
);

it('whoever reads, in whatever mode, gets every byte of the peer once and in order, then the end', async () => {
  await fc.assert(
    fc.asyncProperty(readings, fc.constantFrom(1, 50, 65536), fc.constantFrom(undefined, 'latin1', 'hex'), async (sequence, highWaterMark, encoding) => {
      const [writer, reader] = duplexPair({ highWaterMark });
      const got: number[] = [];
      const units = (chunk: Uint8Array | string): number[] => [...(typeof chunk === 'string' ? Buffer.from(chunk, encoding as 'hex') : chunk)];
      // Every chunk that leaves the queue is a 'data'; what is put back comes again.
      const take = (chunk: Uint8Array | string): void => {
        for (const unit of units(chunk)) got.push(unit);
      };
      const ignore = (): void => {};
      reader.on('data', take);
      reader.pause();
      if (encoding) reader.setEncoding(encoding);
      let ended = 0;
      reader.on('end', () => ended++);
      let sent = 0;
      for (const step of sequence) {
        if (step.op === 'write') {
          writer.write(numbered(sent, step.size));
          sent += step.size;
        } else if (step.op === 'read') reader.read(encoding === 'hex' && step.size ? step.size * 2 : step.size);
        else if (step.op === 'turn') await turn();
        else if (step.op === 'flow') reader.on('data', ignore);
        else if (step.op === 'unflow') reader.off('data', ignore);
        else if (step.op === 'readable') reader.once('readable', ignore);
        else if (step.op === 'putBack') {
          const chunk = reader.read() as Uint8Array | string | null;
          if (chunk === null) continue;
          got.length -= units(chunk).length;
          reader.unshift(chunk, encoding);
        } else reader[step.op]();
      }
      writer.end();
      reader.removeAllListeners('readable');
      await turn();
      reader.resume();
      for (let i = 0; i < 100 && ended === 0; i++) await turn();
      expect(ended).toBe(1);
      expect(got).toEqual([...numbered(0, sent)]);
    }),
    { numRuns: runs },
  );
});
