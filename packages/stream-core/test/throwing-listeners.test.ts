import { beforeEach, expect, it } from 'vitest';
import { Duplex, duplexPair, nextTick } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_PENDING } from './support/fake-channel.js';
import { settled } from './support/settled.js';
import { surviving } from './support/uncaught.js';

beforeEach(settled);

it("'close' comes also when nobody listens to 'error'", async () => {
  let closes = 0;
  const thrown = await surviving(async () => {
    const stream = new Duplex(new FakeChannel());
    stream.on('close', () => closes++);
    stream.destroy(new Error('nobody listens'));
    await turn();
    await turn();
  });
  expect(thrown).toEqual(['nobody listens']);
  expect(closes).toBe(1);
});

it("'close' comes also when the callback of a write that had no channel throws", async () => {
  let closes = 0;
  const thrown = await surviving(async () => {
    const stream = new Duplex();
    stream.on('close', () => closes++);
    stream.write('a', () => {
      throw new Error('in a callback');
    });
    stream.destroy();
    await turn();
    await turn();
  });
  expect(thrown).toEqual(['in a callback']);
  expect(closes).toBe(1);
});

it("a pair goes on to its end when a 'data' listener throws", async () => {
  const heard: unknown[] = [];
  const thrown = await surviving(async () => {
    const [one, two] = duplexPair();
    two.on('data', (chunk: Uint8Array) => {
      heard.push(chunk.length);
      throw new Error(`at ${chunk.length}`);
    });
    two.on('end', () => heard.push('end'));
    one.write(counting(1), () => heard.push('written'));
    await turn();
    one.end(counting(2));
    await turn();
    await turn();
  });
  expect(thrown).toEqual(['at 1', 'at 2']);
  expect(heard).toEqual([1, 'written', 2, 'end']);
});

for (const error of [null, new Error('lost')]) {
  it(`gathered writes that were pending call every callback when one throws, ${error === null ? 'written' : 'lost'}`, async () => {
    const called: unknown[] = [];
    let waiting = -1;
    const thrown = await surviving(async () => {
      const channel = new FakeChannel();
      // Time stands still: how fast the machine is must not matter.
      const stream = new Duplex(channel, { clock: { nextTick } });
      stream.on('error', () => {});
      stream.write(counting(1));
      channel.status = WRITE_PENDING;
      stream.write(counting(1), () => {
        throw new Error('in a callback');
      });
      for (const name of ['b', 'c']) stream.write(counting(1), (outcome) => called.push([name, outcome ?? null]));
      await turn();
      expect(channel.pending).toBe(true);
      setImmediate(() => {
        if (error === null) channel.sink!.onWriteDone();
        else channel.sink!.onClose(error);
      });
      await turn();
      await turn();
      waiting = stream._writableState.pendingcb;
    });
    expect(thrown).toEqual(['in a callback']);
    expect(called).toEqual([['b', error], ['c', error]]);
    expect(waiting).toBe(0);
  });
}
