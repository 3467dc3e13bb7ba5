import { Duplex as NodeStream } from 'node:stream';
import { expect, it } from 'vitest';
import { Duplex, engine, type Outgoing } from '../src/index.js';
import { FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';

type Callback = (error?: Error | null) => void;
type Base = new (...args: never[]) => NodeStream;

/** The same class over Node's Duplex and over ours, and what both did. */
async function same(play: (Base: Base, note: (...what: unknown[]) => void) => Promise<void>): Promise<void> {
  const notes: unknown[][] = [];
  for (const Base of [Duplex, NodeStream]) {
    const noted: unknown[] = [];
    await play(Base, (...what) => noted.push(what.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value instanceof Error ? value.message : value))));
    notes.push(noted);
  }
  expect(notes[0]).toEqual(notes[1]);
  expect(notes[0].length).toBeGreaterThan(2);
}

function watch(stream: NodeStream, note: (...what: unknown[]) => void): void {
  for (const event of ['data', 'end', 'readable', 'prefinish', 'finish', 'drain', 'close', 'error']) if (event !== 'readable') stream.on(event, (...args: unknown[]) => note(event, ...args));
}

for (const sync of [true, false]) {
  const when = (task: () => void): void => {
    if (sync) task();
    else setImmediate(task);
  };
  const how = sync ? 'at once' : 'later';

  it(`a class with _read and _write that answers ${how} does what it does over Node's Duplex`, () =>
    same(async (Base, note) => {
      class Echo extends Base {
        #left = ['one', 'two', 'three', null];
        override _read(size: number): void {
          note('_read', size > 0);
          when(() => this.push(this.#left.length > 0 ? this.#left.shift()! : null));
        }
        override _write(chunk: Uint8Array, encoding: string, callback: Callback): void {
          note('_write', chunk, encoding);
          when(() => callback());
        }
      }
      const stream = new Echo();
      watch(stream, note);
      note(stream.write('a', () => note('wrote a')), stream.write('b'), stream.write(new Uint8Array([99])));
      stream.cork();
      stream.write('d', 'latin1', () => note('wrote d'));
      stream.write('e');
      stream.end('f', () => note('ended'));
      for (let i = 0; i < 12; i++) await turn();
      note(stream.destroyed, stream.writableFinished, stream.readableEnded);
    }));

  it(`a class with _writev, _final and _destroy that answers ${how} does what it does over Node's Duplex`, () =>
    same(async (Base, note) => {
      class Own extends Base {
        override _read(): void {}
        override _writev(chunks: { chunk: Uint8Array; encoding: string }[], callback: Callback): void {
          note('_writev', chunks.map(({ chunk }) => Buffer.from(chunk).toString()).join('+'));
          when(() => callback());
        }
        override _final(callback: Callback): void {
          note('_final');
          when(() => callback());
        }
        override _destroy(error: Error | null, callback: Callback): void {
          note('_destroy', error);
          when(() => callback(error));
        }
      }
      const stream = new Own();
      watch(stream, note);
      stream.write('a');
      stream.write('b', () => note('wrote b'));
      stream.write('c');
      stream.end('d');
      for (let i = 0; i < 5; i++) await turn();
      stream.push('last');
      stream.push(null);
      for (let i = 0; i < 5; i++) await turn();
      note(stream.destroyed, stream.closed);
    }));

  it(`errors that _write, _final and _destroy give ${how} are told as over Node's Duplex`, async () => {
    for (const failing of ['_write', '_final', '_destroy', '_read']) {
      for (const autoDestroy of [true, false]) {
        await same(async (Base, note) => {
          const answer = (method: string, callback: Callback): void => {
            note(method);
            when(() => callback(method === failing ? new Error(`${method} failed`) : null));
          };
          class Failing extends Base {
            override _read(): void {
              if (failing === '_read') throw new Error('_read failed');
            }
            override _write(_chunk: Uint8Array, _encoding: string, callback: Callback): void { answer('_write', callback); }
            override _final(callback: Callback): void { answer('_final', callback); }
            override _destroy(error: Error | null, callback: Callback): void {
              note('_destroy', error);
              when(() => callback(failing === '_destroy' ? new Error('_destroy failed') : error));
            }
          }
          const stream = autoDestroy ? new Failing() : new (Failing as unknown as new (...args: unknown[]) => NodeStream)(...(Base === (NodeStream as unknown) ? [{ autoDestroy }] : [null, { autoDestroy }]));
          watch(stream, note);
          stream.resume();
          stream.write('a', (error) => note('wrote a', error));
          stream.write('b', (error) => note('wrote b', error));
          stream.end((error?: Error | null) => note('ended', error));
          for (let i = 0; i < 6; i++) await turn();
          (stream.destroy as (error: undefined, callback: Callback) => void).call(stream, undefined, (error) => note('destroyed', error));
          for (let i = 0; i < 3; i++) await turn();
          note(stream.destroyed, stream.closed, stream.errored?.message);
        });
      }
    }
  });
}

for (const method of ['_write', '_final'] as const) {
  it.each(['twice at once', 'twice later', 'and throws'])(`a ${method} that answers %s is told of it as over Node's Duplex`, (how) =>
    same(async (Base, note) => {
      const answer = (callback: Callback): void => {
        if (how === 'twice later') setImmediate(() => { callback(); callback(); });
        else {
          callback();
          if (how === 'and throws') throw new Error('afterwards');
          callback();
        }
      };
      class Answering extends Base {
        override _read(): void {}
        override _write(_chunk: Uint8Array, _encoding: string, callback: Callback): void {
          if (method === '_write') answer(callback);
          else callback();
        }
        override _final(callback: Callback): void {
          if (method === '_final') answer(callback);
          else callback();
        }
      }
      const stream = new Answering();
      watch(stream, note);
      for (const call of [() => stream.write('a', (error) => note('wrote', error)), () => stream.end(() => note('ended'))]) {
        try {
          note('gave', typeof call());
        } catch (error) {
          note('threw', error);
        }
        for (let i = 0; i < 3; i++) await turn();
      }
      note(stream.destroyed, stream.errored?.message, (stream.errored as { code?: string } | null)?.code);
    }));
}

it('a _final that throws at once is told of as over Node’s Duplex', () =>
  same(async (Base, note) => {
    class Throwing extends Base {
      override _read(): void {}
      override _write(_chunk: Uint8Array, _encoding: string, callback: Callback): void { callback(); }
      override _final(): void { throw new Error('in _final'); }
    }
    const stream = new Throwing();
    watch(stream, note);
    stream.end('a', (error?: Error | null) => note('ended', error));
    for (let i = 0; i < 3; i++) await turn();
    note(stream.destroyed, stream.writableFinished, stream.errored?.message);
  }));

it('a _write gets a Buffer, whatever bytes were written', () =>
  same(async (Base, note) => {
    class Own extends Base {
      override _read(): void {}
      override _write(chunk: Uint8Array, encoding: string, callback: Callback): void {
        note(Buffer.isBuffer(chunk), chunk, encoding);
        callback();
      }
    }
    const stream = new Own();
    for (const chunk of [Buffer.from('a'), Uint8Array.of(98), new Uint16Array([0x6363]), new DataView(Uint8Array.of(100).buffer)]) stream.write(chunk);
    await turn();
  }));

it('methods that are put on a stream are used like those of a class', async () => {
  for (const method of ['_writev', '_writeGeneric'] as const) {
    const channel = new FakeChannel();
    const stream = new Duplex(channel);
    const called: string[] = [];
    if (method === '_writev') stream._writev = (chunks, callback) => { called.push(`_writev ${chunks.length}`); callback(); };
    else stream._writeGeneric = () => {};
    stream.cork();
    stream.write('a');
    stream.write('b');
    stream.uncork();
    await turn();
    expect([called, channel.calls]).toEqual(method === '_writev' ? [['_writev 2'], []] : [[], ['write 1', 'write 1']]);
  }
});

it('several writes that waited for a channel leave together, up to the first that is gone', async () => {
  class Own extends Duplex {
    override _writev(chunks: Outgoing[], callback: Callback): void {
      this[engine].writeThrough(chunks, callback);
    }
  }
  for (const gone of [-1, 0, 1]) {
    const stream = new Own();
    const events: string[] = [];
    stream.on('error', (error: Error & { code?: string }) => events.push(`error ${error.code}`));
    const chunks = [Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5)];
    stream.cork();
    for (const chunk of chunks) stream.write(chunk);
    stream.uncork();
    if (gone >= 0) structuredClone(chunks[gone].buffer, { transfer: [chunks[gone].buffer] });
    const channel = new FakeChannel();
    stream.attach(channel);
    await turn();
    const left = [1, 2, 3, 4, 5].slice(0, gone < 0 ? 5 : gone * 2);
    expect([channel.written, events]).toEqual([left, gone < 0 ? [] : ['error ERR_INVALID_STATE']]);
  }
});

it('a _write that passes on to the one of Duplex gets its callback when the channel is done', async () => {
  const notes: string[] = [];
  class Counting extends Duplex {
    override _write(chunk: Uint8Array | string, encoding: string, callback: Callback): void {
      notes.push(`to ${chunk.length}`);
      super._write(chunk, encoding, (error) => {
        notes.push(`done ${String(error)}`);
        callback(error);
      });
    }
  }
  const channel = new FakeChannel();
  const stream = new Counting(channel);
  stream.write('abc', () => notes.push('first'));
  channel.status = WRITE_PENDING;
  stream.write('de', () => notes.push('second'));
  await turn();
  expect(notes).toEqual(['to 3', 'done null', 'to 2', 'first']);
  channel.status = WRITE_DONE;
  channel.settle();
  stream.end();
  expect(channel.calls).toEqual(['write 3', 'write 2', 'shutdown']);
  expect(notes.slice(4)).toEqual(['done null', 'second']);
});
