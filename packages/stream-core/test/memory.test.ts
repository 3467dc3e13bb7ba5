import { describe, expect, it } from 'vitest';
import { allocate, asBytes, copyOf, Duplex, honest, isByteArray, isBytes, joined, keepHere, nextTick, partOf, sizeOf } from '../src/index.js';
import { counting, FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';

const detach = (bytes: Uint8Array): void => void structuredClone(bytes.buffer as ArrayBuffer, { transfer: [bytes.buffer as ArrayBuffer] });

type Resizable = ArrayBuffer & { resize(size: number): void };
/** A view that follows its memory. */
function growing(content: Uint8Array): [Uint8Array, Resizable] {
  const memory = new (ArrayBuffer as unknown as new (size: number, options: object) => Resizable)(content.length, { maxByteLength: 100 });
  const bytes = new Uint8Array(memory);
  bytes.set(content);
  return [bytes, memory];
}

class Liar extends Uint8Array {
  override get length(): number { return 1000; }
  override get byteLength(): number { return 1; }
  override get byteOffset(): number { return 2; }
}

it.each([1, 64, 65, 4096, 100_000])('%i bytes of new memory, and copies, are the whole of an ArrayBuffer', (size) => {
  for (const bytes of [allocate(size), copyOf(Buffer.from('x'.repeat(size + 3)).subarray(3)), joined([new Uint8Array(size - 1), new Uint8Array(1)])]) {
    expect([bytes.byteOffset, bytes.length, bytes.buffer.byteLength]).toEqual([0, size, size]);
  }
});

it('sizes are those of the memory, whatever a class or a property says', () => {
  const memory = counting(10).buffer as ArrayBuffer;
  const others = Object.entries({ length: 1000, byteLength: 1000, byteOffset: 0, buffer: new ArrayBuffer(100) });
  const liars = others.map(([key, value]) => Object.defineProperty(new Uint8Array(memory, 3, 4), key, { value }) as Uint8Array);
  for (const liar of [new Liar(memory, 3, 4), ...liars]) {
    expect(sizeOf(liar)).toBe(4);
    const view = honest(liar);
    expect([view.length, view.byteLength, view.byteOffset, view.buffer === memory]).toEqual([4, 4, 3, true]);
    expect([...copyOf(asBytes(liar))]).toEqual([3, 4, 5, 6]);
  }
});

it('bytes are what the language says they are', () => {
  const fake: unknown = Object.create(Uint8Array.prototype, { length: { value: 3 } });
  expect([isBytes(fake), isByteArray(fake), isBytes(new Proxy(new Uint8Array(1), {}))]).toEqual([false, false, false]);
  expect([isBytes(new DataView(new ArrayBuffer(1))), isByteArray(new DataView(new ArrayBuffer(1)))]).toEqual([true, false]);
  expect([isByteArray(Buffer.alloc(1)), isByteArray(new Uint16Array(1)), isByteArray(null), isByteArray(undefined), isByteArray('a')]).toEqual([true, false, false, false, false]);
});

it('a chunk that is honest is passed on as it is', () => {
  for (const bytes of [new Uint8Array(3), Buffer.alloc(3), new Uint8Array(0)]) expect(asBytes(bytes)).toBe(bytes);
});

it('bytes that are gone are refused', () => {
  const bytes = new Uint8Array(8);
  const views = [bytes, Buffer.from(bytes.buffer), new DataView(bytes.buffer), new Liar(bytes.buffer), new Uint16Array(bytes.buffer)];
  detach(bytes);
  for (const gone of views) expect(() => asBytes(gone)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_STATE' }));
});

it('of bytes that are gone a copy is empty', () => {
  const gone = new Uint8Array(8);
  detach(gone);
  expect([copyOf(gone).length, [...joined([counting(2), gone, counting(1, 2)])]]).toEqual([0, [0, 1, 2]]);
});

it('a part of bytes lies in the same memory', () => {
  const memory = counting(10).buffer as ArrayBuffer;
  const part = partOf(new Uint8Array(memory, 3, 6), 2, 3);
  expect([part.buffer === memory, [...part]]).toEqual([true, [5, 6, 7]]);
});

it('memory that many use stays where it is', () => {
  const memory = keepHere(counting(8));
  // Node 20 copies it in silence, later ones throw.
  try {
    detach(memory);
  } catch {}
  expect([...memory]).toEqual([...counting(8)]);
});

describe('what waits', () => {
  async function waiting(options = {}): Promise<{ stream: Duplex; channel: FakeChannel; events: string[] }> {
    const channel = new FakeChannel();
    const stream = new Duplex(channel, { clock: { nextTick }, ...options });
    const events: string[] = [];
    stream.on('error', (error) => events.push(`error ${(error as { code?: string }).code}`)).on('close', () => events.push('close'));
    channel.status = WRITE_PENDING;
    stream.write(counting(4));
    await turn();
    return { stream, channel, events };
  }
  const told = (events: string[], name: string) => (error?: Error | null) => void events.push(`${name} ${(error as { code?: string } | null)?.code ?? 'done'}`);

  it('and is gone when its turn comes ends the stream; what comes before it leaves', async () => {
    const { stream, channel, events } = await waiting();
    const gone = counting(4);
    stream.write(counting(4, 4), told(events, 'before'));
    stream.write(gone, told(events, 'gone'));
    stream.write(counting(4), told(events, 'behind'));
    detach(gone);
    channel.settle();
    await turn();
    channel.settle();
    await turn();
    expect(channel.written).toEqual([...counting(8)]);
    expect(events).toEqual(['before done', 'gone ERR_INVALID_STATE', 'behind ERR_INVALID_STATE', 'error ERR_INVALID_STATE', 'close']);
    expect([stream.writableLength, stream._writableState.pendingcb]).toEqual([0, 0]);
  });

  it('for uncork and is gone ends the stream', async () => {
    const channel = new FakeChannel();
    const stream = new Duplex(channel);
    const errors: unknown[] = [];
    stream.on('error', (error) => errors.push((error as { code?: string }).code));
    const gone = counting(4);
    stream.cork();
    stream.write(gone);
    detach(gone);
    stream.uncork();
    await turn();
    expect(errors).toEqual(['ERR_INVALID_STATE']);
    expect(channel.written).toEqual([]);
  });

  it('for a channel and is gone ends the stream', async () => {
    const stream = new Duplex(null);
    const errors: unknown[] = [];
    stream.on('error', (error) => errors.push((error as { code?: string }).code));
    const gone = counting(4);
    stream.write(gone);
    detach(gone);
    const channel = new FakeChannel();
    stream.attach(channel);
    await turn();
    expect(errors).toEqual(['ERR_INVALID_STATE']);
    expect(channel.written).toEqual([]);
  });

  it('for a channel in several chunks leaves as it was written, up to the first that is gone', async () => {
    const stream = new Duplex(null);
    const events: string[] = [];
    stream.on('error', (error) => events.push(`error ${(error as { code?: string }).code}`));
    const [grown, memory] = growing(counting(4));
    const gone = counting(4);
    stream.cork();
    stream.write(grown, told(events, 'grown'));
    stream.write(gone, told(events, 'gone'));
    stream.write(counting(4), told(events, 'behind'));
    stream.uncork();
    memory.resize(100);
    detach(gone);
    const channel = new FakeChannel();
    stream.attach(channel);
    await turn();
    expect(channel.written).toEqual([...counting(4)]);
    expect(events.at(-1)).toBe('error ERR_INVALID_STATE');
  });

  it('in a view that follows its memory leaves as it was written, also when that has grown', async () => {
    const { stream, channel } = await waiting();
    const [bytes, memory] = growing(counting(4, 4));
    // Nobody asks the view: it would give the memory to whoever wrote it.
    const asked: string[] = [];
    for (const key of ['subarray', 'slice', 'set', 'constructor']) Object.defineProperty(bytes, key, { get: () => asked.push(key) });
    stream.write(bytes);
    memory.resize(100);
    channel.settle();
    await turn();
    channel.settle();
    expect([channel.written, asked]).toEqual([[...counting(8)], []]);
  });

  it('goes to a channel that copies in no larger parts than it wants', async () => {
    const { stream, channel } = await waiting();
    Object.defineProperty(channel, 'writevLimit', { value: 8 });
    for (let i = 1; i < 7; i++) stream.write(counting(4, i * 4));
    stream.write(counting(40, 28));
    channel.calls.length = 0;
    channel.status = WRITE_DONE;
    channel.settle();
    await turn();
    expect(channel.calls.map((call) => call.split(' ')[0])).toEqual(['writev', 'writev', 'writev', 'write']);
    expect(channel.written).toEqual([...counting(68)]);
  });
});

it('what is written while those that wait are told of a failure is told of it too', async () => {
  const events: string[] = [];
  class Failing extends Duplex {
    override _write(_chunk: Uint8Array, _encoding: string, callback: (error: Error) => void): void {
      setImmediate(callback, new Error('on purpose'));
    }
  }
  const stream = new Failing(new FakeChannel());
  const tell = (name: string) => (error?: Error | null) => void events.push(`${name} ${error?.message}`);
  stream.on('error', tell('error'));
  stream.write('a', tell('a'));
  stream.write('b', (error) => {
    tell('b')(error);
    stream.write('c', tell('c'));
  });
  await turn();
  await turn();
  expect(events).toEqual(['a on purpose', 'b on purpose', 'c on purpose', 'error on purpose']);
  expect([stream.writableLength, stream._writableState.pendingcb]).toEqual([0, 0]);
});

it('what a channel that throws was given by the end of the tick is told as failed', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel, { clock: { nextTick } });
  const events: string[] = [];
  const tell = (name: string) => (error?: Error | null) => void events.push(`${name} ${error?.message ?? 'done'}`);
  stream.on('error', tell('error')).on('close', () => events.push('close'));
  await turn();
  stream.write('a', tell('a'));
  stream.write('b', tell('b'));
  channel.write = () => {
    throw new Error('on purpose');
  };
  await turn();
  expect(events).toEqual(['a done', 'b on purpose', 'error on purpose', 'close']);
});

it('what a _write of the user’s own gives to ours is looked at', async () => {
  const channel = new FakeChannel();
  const errors: unknown[] = [];
  class Own extends Duplex {
    override _write(_chunk: Uint8Array, encoding: string, callback: () => void): void {
      try {
        super._write(Object.create(Uint8Array.prototype) as Uint8Array, encoding, callback);
      } catch (error) {
        errors.push((error as { code?: string }).code);
        callback();
      }
    }
  }
  new Own(channel).write('x');
  await turn();
  expect(errors).toEqual(['ERR_INVALID_ARG_TYPE']);
});

it('what has gathered goes to a channel in memory of its own, unless that says that nobody sees it', async () => {
  const channel = new FakeChannel();
  const seen: number[][] = [];
  channel.write = (chunk) => {
    seen.push([chunk.length, chunk.buffer.byteLength]);
    return WRITE_DONE;
  };
  const stream = new Duplex(channel, { clock: { nextTick } });
  for (const takesShared of [false, true]) {
    channel.takesShared = takesShared;
    for (let i = 0; i < 3; i++) stream.write(new Uint8Array(10));
    await turn();
  }
  expect(seen).toEqual([[10, 10], [20, 20], [10, 10], [20, 262_144]]);
});

it('a pool gives chunks of shared memory at once, and memory of their own to what has to wait', async () => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel, { pooledReads: true });
  const seen: Uint8Array[] = [];
  const take = (chunk: Uint8Array): void => void seen.push(chunk);
  stream.on('data', take);
  await turn();
  const read = Buffer.from('hello');
  expect([channel.sink!.wantsBorrowed, channel.sink!.onBorrowed!(read)]).toEqual(['briefly', true]);
  read.fill(0);
  expect([Buffer.from(seen[0]).toString(), seen[0].buffer.byteLength]).toEqual(['hello', 8192]);
  // The mark keeps it from being transferred, but on some runtimes not from this.
  const memory = seen[0].buffer as ArrayBuffer & { transfer?(): ArrayBuffer };
  try {
    memory.transfer?.();
  } catch {
    expect(memory.byteLength).toBe(8192);
  }
  expect(channel.sink!.onBorrowed!(Buffer.from('again'))).toBe(true);
  expect(Buffer.from(seen[1]).toString()).toBe('again');
  stream.pause();
  expect(channel.sink!.onBorrowed!(Buffer.from('later'))).toBe(false);
});

it.each([
  [1, 8192], [256, 8192], [257, 65_536], [4096, 65_536], [4097, 262_144], [65_536, 262_144], [65_537, 65_537], [1_000_000, 1_000_000],
])('of a pool, chunks of %i bytes are cut from blocks of %i', async (size, block) => {
  const channel = new FakeChannel();
  const stream = new Duplex(channel, { pooledReads: true });
  const seen: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => seen.push(chunk));
  await turn();
  // Enough for a second block.
  const count = Math.ceil(block / (Math.ceil(size / 8) * 8)) + 2;
  const lent = Array.from({ length: count }, (_, i) => Buffer.alloc(size, i % 251));
  for (const chunk of lent) expect(channel.sink!.onBorrowed!(chunk)).toBe(true);
  expect(seen.every((chunk, i) => chunk.equals(lent[i]) && chunk.buffer.byteLength === block && chunk.byteOffset % 8 === 0)).toBe(true);
  expect(seen).toHaveLength(count);
  // A block is used up before the next is taken.
  const blocks = new Set(seen.map((chunk) => chunk.buffer));
  expect(blocks.size).toBeLessThanOrEqual(size > 65_536 ? count : 3);
});
