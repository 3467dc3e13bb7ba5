import { expect, it } from 'vitest';
import { Duplex, nextTick, type WriteStatus, type EncodingName } from '../src/index.js';
import { FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';

/** A channel that takes text. */
class TextChannel extends FakeChannel {
  writeString(text: string, encoding: string): WriteStatus {
    this.calls.push(`writeString ${text} ${encoding}`);
    return WRITE_DONE;
  }
}

it.each([
  ['utf8', 'writeString abcd utf8'], ['UTF-8', 'writeString abcd utf8'], ['latin1', 'writeString abcd latin1'], ['binary', 'writeString abcd latin1'],
  ['hex', 'write 2'], ['ascii', 'write 4'],
])('text in %s that stays text goes to a channel that takes text as: %s', (encoding, call) => {
  const channel = new TextChannel();
  new Duplex(channel, { decodeStrings: false }).write('abcd', encoding as EncodingName);
  expect(channel.calls).toEqual([call]);
});

it('text that stays text waits as what it is', async () => {
  for (const settles of [true, false]) {
    const channel = new FakeChannel();
    const stream = new Duplex(channel, { decodeStrings: false });
    channel.status = WRITE_PENDING;
    stream.write('ä');
    for (const [text, encoding] of [['€', 'utf8'], ['ff', 'hex'], ['ü', 'latin1']] as const) stream.write(text, encoding);
    stream.write(Buffer.from('abc'));
    // One character and two: these count in characters, while bytes count as bytes.
    expect([stream.writableLength, stream._writableState.queuedBytes]).toEqual([1 + 1 + 2 + 1 + 3, 3 + 1 + 1 + 3]);
    channel.status = settles ? WRITE_DONE : WRITE_PENDING;
    for (let i = 0; i < 3; i++) {
      channel.settle();
      await turn();
    }
    expect([Buffer.from(channel.written).toString('hex'), channel.calls]).toEqual([Buffer.from('ä€').toString('hex') + 'fffc616263', ['write 2', 'writev 3+1+1+3']]);
    expect([stream.writableLength, stream._writableState.pendingcb]).toEqual([0, 0]);
  }
});

it('text without a channel waits as what it is', async () => {
  const stream = new Duplex(null, { decodeStrings: false });
  stream.write('€');
  stream.write('ff', 'hex');
  const channel = new FakeChannel();
  stream.attach(channel);
  await turn();
  expect(Buffer.from(channel.written).toString('hex')).toBe('e282acff');
});

it('text that stays text gathers in place, also behind what is large, and where its memory ends', async () => {
  const clock = { nextTick };
  const channel = new FakeChannel();
  const stream = new Duplex(channel, { decodeStrings: false, clock });
  const other = new Duplex(new FakeChannel(), { clock });
  await turn();
  // The other one keeps the memory that all share from being used again.
  for (let i = 0; i < 2; i++) other.write('x');
  const written: Buffer[] = [];
  for (let i = 0; i < 200; i++) {
    const text = String.fromCharCode(0x4e00 + i).repeat(700);
    written.push(Buffer.from(text));
    stream.write(text);
  }
  for (let i = 0; i < 10; i++) {
    const large = Buffer.alloc(20_000, i);
    written.push(large, Buffer.from(`text ${i}`));
    stream.write(large);
    stream.write(`text ${i}`);
  }
  await turn();
  expect(channel.writtenBytes.equals(Buffer.concat(written))).toBe(true);
});

it("what waits is told in order, also when some of it has left", async () => {
  const left: (() => void)[] = [];
  class Own extends Duplex {
    override _write(_chunk: Uint8Array, _encoding: string, callback: () => void): void {
      left.push(callback);
    }
  }
  const stream = new Own();
  for (const text of 'abcdef') stream.write(text);
  const waiting = (): string => stream._writableState.getBuffer().map(({ chunk }) => Buffer.from(chunk as Uint8Array).toString()).join('');
  const told = [waiting()];
  for (let i = 0; i < 5; i++) {
    left.shift()!();
    told.push(waiting());
  }
  expect(told).toEqual(['bcdef', 'cdef', 'def', 'ef', 'f', '']);
  await turn();
});
