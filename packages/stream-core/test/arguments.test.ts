import { Duplex as NodeStream } from 'node:stream';
import { expect, it } from 'vitest';
import { Duplex, type DuplexOptions } from '../src/index.js';
import { playBoth, watch, type Note, type Play } from './support/both.js';
import type { NodeDuplex } from './support/node-duplex.js';
import { turn } from './support/fake-channel.js';

async function same(play: Play, options?: DuplexOptions): Promise<void> {
  const { ours, node } = await playBoth(play, options);
  expect(ours).toEqual(node);
  expect(ours.length).toBeGreaterThan(0);
}

/** What a call gives, throws, and the type and name of what it throws. */
function attempt(note: Note, call: () => unknown): void {
  try {
    note('gives', call());
  } catch (error) {
    note('throws', error, error instanceof TypeError, error instanceof RangeError, (error as Error).name, String(error));
  }
}

const values = [null, undefined, 5, true, {}, [], new Date(0), Symbol('s'), 10n, () => {}, new Uint16Array([1, 2]), new DataView(new ArrayBuffer(3)), 'text', ''];
const major = Number.parseInt(process.versions.node, 10);
// Before Node 24 the name 'buffer' came further down: refused as well, in other words.
const encodings = [undefined, null, '', 'utf8', 'UTF-8', 'nope', ...(major < 24 ? [] : ['buffer']), 5, {}];

it.each(values.map((value, i) => [i, value]))('write, push and unshift take and refuse what Node takes and refuses (value %i)', async (_i, value) => {
  for (const method of ['write', 'push', 'unshift', 'end'] as const) {
    for (const autoDestroy of [true, false]) {
      await same(async (stream, channel, note) => {
        watch(stream, note);
        attempt(note, () => void (stream[method] as (chunk: unknown) => unknown)(value));
        await turn();
        note('after', stream.destroyed, stream.writableLength, stream.readableLength, Buffer.from(channel.written).toString('hex'));
      }, { autoDestroy });
    }
  }
});

it.each(encodings.map((encoding, i) => [i, encoding]))('encodings are taken and refused as Node does (encoding %i)', async (_i, encoding) => {
  await same(async (stream, channel, note) => {
    stream.on('error', () => {});
    attempt(note, () => stream.write('hé', encoding as 'utf8'));
    attempt(note, () => stream.write(new Uint8Array([1]), encoding as 'utf8'));
    attempt(note, () => stream.write(null, encoding as 'utf8'));
    attempt(note, () => void stream.setDefaultEncoding(encoding as 'utf8'));
    attempt(note, () => stream.setEncoding(encoding as 'utf8').readableEncoding);
    attempt(note, () => stream.end('hé', encoding as 'utf8').writableEnded);
    await turn();
    note('left', Buffer.from(channel.written).toString('hex'));
  });
});

it('text without an encoding has the one that the stream was made with, whichever way it goes', async () => {
  for (const defaultEncoding of ['latin1', 'LATIN1', 'hex', undefined] as const) {
    for (const later of [undefined, 'utf16le'] as const) {
      await same(async (stream, channel, note) => {
        if (later !== undefined) stream.setDefaultEncoding(later);
        stream.push('c3a9é');
        stream.unshift('aé');
        stream.push('é', 'utf8');
        stream.push('é', '' as 'utf8');
        stream.write('c3a9é');
        await turn();
        const read = [];
        for (let chunk = stream.read() as unknown; chunk !== null; chunk = stream.read()) read.push(chunk);
        note('read', Buffer.concat(read as Buffer[]));
        note('left', Buffer.from(channel.written).toString('hex'));
      }, { defaultEncoding: defaultEncoding as 'latin1' });
    }
  }
});

it("bytes may come with the encoding 'buffer'", async () => {
  await same(async (stream, channel, note) => {
    attempt(note, () => stream.write(Uint8Array.of(1), 'buffer' as 'utf8'));
    await turn();
    note('left', Buffer.from(channel.written).toString('hex'));
  });
});

it('an end that comes too late is told so', async () => {
  for (const how of ['finished', 'destroyed', 'under way'] as const) {
    await same(async (stream, channel, note) => {
      stream.on('error', () => {});
      const told = (name: string) => (...args: unknown[]): void => note(name, ...args);
      if (how !== 'destroyed') stream.end(told('first'));
      if (how === 'finished') {
        channel.finishShutdown();
        await turn();
      } else if (how === 'destroyed') stream.destroy();
      stream.end(told('second'));
      stream.end('x', told('third'));
      await turn();
      note('after', stream.destroyed, stream.writableFinished);
    }, { allowHalfOpen: true });
  }
});

it("text in the encoding 'buffer' is refused, also where text is passed on as it is, and where it would wait", async () => {
  for (const [decodeStrings, corked] of [[true, false], [false, false], [false, true]]) {
    const { ours } = await playBoth((stream, _channel, note) => {
      if (corked) stream.cork();
      attempt(note, () => stream.write('x', 'buffer' as 'utf8'));
      note('length', stream.writableLength);
      return Promise.resolve();
    }, { decodeStrings });
    expect(ours[0]).toMatch(/^throws ERR_UNKNOWN_ENCODING: Unknown encoding: buffer/);
    expect(ours[1]).toBe('length 0');
  }
});

it('water marks that are none are refused as Node does', () => {
  for (const value of [-1, 1.5, NaN, 'x', {}]) {
    for (const name of ['highWaterMark', 'readableHighWaterMark', 'writableHighWaterMark']) {
      const options = { highWaterMark: undefined, [name]: value } as DuplexOptions;
      const messages: unknown[] = [];
      for (const make of [() => new Duplex(null, options), () => new NodeStream(options)]) {
        try {
          make();
          messages.push('taken');
        } catch (error) {
          messages.push(String(error));
        }
      }
      expect(messages[0]).toBe(messages[1]);
      expect(messages[0]).toContain('ERR_INVALID_ARG_VALUE');
    }
  }
  for (const value of [0, 7]) {
    const stream = new Duplex(null, { readableHighWaterMark: value, writableHighWaterMark: value + 1 });
    expect([stream.readableHighWaterMark, stream.writableHighWaterMark]).toEqual([value, value + 1]);
  }
});

it('read takes sizes as Node does', async () => {
  for (const size of [undefined, null, 0, -1, 2, '2', 2.9, NaN, 4, 100, 2 ** 30, 2 ** 31]) {
    await same(async (stream, channel, note) => {
      stream.read(0);
      await turn();
      channel.receive(Uint8Array.of(1, 2, 3, 4));
      attempt(note, () => stream.read(size as number) as unknown);
      note('after', stream.readableLength, stream.readableHighWaterMark);
    });
  }
});

it('callbacks of destroy get what those of Node get', async () => {
  for (const error of [undefined, null, new Error('gone')]) {
    await same(async (stream, _channel, note) => {
      stream.on('error', () => {});
      const destroy = (stream.destroy as (error: unknown, callback: unknown) => NodeDuplex).bind(stream);
      note('is', destroy(error, (...args: unknown[]) => note('first', ...args)) === stream);
      destroy(new Error('again'), (...args: unknown[]) => note('second', ...args));
      destroy(null, 'no function');
      await turn();
      note('after', stream.errored);
    });
  }
});

it('the error that destroy was given first is the one that is told', async () => {
  await same(async (stream, _channel, note) => {
    watch(stream, note);
    stream.write('x');
    stream.end();
    stream.write('late', (...args: unknown[]) => note('late', ...args));
    stream.destroy(new Error('told'));
    await turn();
    note('after', stream.errored);
  }, { autoDestroy: false });
});
