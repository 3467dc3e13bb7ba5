import { joined, WRITE_PENDING } from '@netstrata/stream-core';
import { check, type Bench, type Suite } from '../harness/bench.js';
import { equal, ok } from '../harness/failure.js';
import { canTransfer, transfer } from '../harness/chunk-memory.js';
import { mismatch, pattern } from '../harness/pattern.js';

/** C3 to C8: what becomes of bytes that are written. */
export function writingTests(suite: Suite): void {
  order(suite);
  settling(suite);
  lying(suite);
  borrowed(suite);
  gathering(suite);
  strings(suite);
  pressure(suite);
}

function order(suite: Suite): void {
  check(suite, 'C3', 'large transfers arrive whole and in order, both ways at once', async (t) => {
    const { a, b } = await t.pair();
    const total = t.limits.largeBytes;
    a.readStart();
    b.readStart();
    await Promise.all([a.pump(total), b.pump(total, 50_001)]);
    await Promise.all([a.bytes(total), b.bytes(total)]);
  });

  check(suite, 'C3', 'chunks of every size are taken whole', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    for (const size of [1, 2, 3, 100, 4095, 65_535, 65_536, 65_537, 1_000_001]) await a.send(size);
    await b.bytes(a.sent);
  });
}

function settling(suite: Suite): void {
  check(suite, 'C4', 'a write settles exactly once: by what it returns, or by one onWriteDone', async (t) => {
    const { a, b } = await t.pair();
    let pending = 0;
    let done = 0;
    a.hooks.writeDone = () => done++;
    b.readStart();
    for (let i = 0; i < 100; i++) {
      if (a.write(a.next(1 + i * 97)) !== WRITE_PENDING) continue;
      pending++;
      await a.settled();
    }
    await b.bytes(a.sent);
    await t.quiet();
    equal(done, pending, 'C4: calls of onWriteDone');
  });

  check(suite, 'C4', 'a chunk without bytes settles and delivers nothing', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    await a.send(0);
    await a.send(5);
    await a.send(0);
    await a.send(5);
    await b.bytes(10);
  });

  check(suite, 'C4', 'the next write may be made inside onWriteDone', async (t) => {
    const { a, b } = await t.pair();
    const more = () => {
      while (a.sent < 1_000_000 && a.write(a.next(10_000)) !== WRITE_PENDING);
    };
    a.hooks.writeDone = more;
    b.readStart();
    more();
    await b.bytes(1_000_000);
  });
}

/** What says another length than it has: by a property of its own, or of its class. */
const LIES: Record<string, (bytes: Uint8Array, length: number) => Uint8Array> = {
  'an own `length`': (bytes, value) => Object.defineProperty(bytes, 'length', { value }),
  'the `length` of its class': (bytes, value) =>
    Object.setPrototypeOf(bytes, Object.create(Uint8Array.prototype, { length: { get: () => value } }) as object) as Uint8Array,
};

function lying(suite: Suite): void {
  for (const [what, lie] of Object.entries(LIES)) {
    check(suite, 'C4', `a chunk is taken as long as it is, whatever ${what} says`, async (t) => {
      const { a, b } = await t.pair();
      b.readStart();
      for (const [size, length] of [[10, 3], [10, 0], [100, 1000], [70_000, 5]]) {
        a.write(lie(a.next(size), length));
        await a.settled();
        a.writev([a.next(7), lie(a.next(size), length), a.next(7)]);
        await a.settled();
        a.writev([lie(a.next(size), length)]);
        await a.settled();
      }
      await b.bytes(a.sent);
    });
  }
}

function borrowed(suite: Suite): void {
  if (canTransfer) {
    check(suite, 'C5', 'a write whose bytes are taken away while it is pending settles or fails, and sends no others', takenAway);
  }

  for (const [what, buffer] of [['a chunk', new Uint8Array(16_384)], ['a Buffer', new BufferLike(16_384)]] as const) {
    check(suite, 'C5', `${what} may be reused once it settled, though the peer has not read it yet`, (t) => reuse(t, buffer));
  }
}

/** As Node's Buffer: its `slice` shares the memory. */
class BufferLike extends Uint8Array {
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return super.subarray(start, end);
  }
}

async function takenAway(t: Bench): Promise<void> {
  const [{ a, b }, other] = [await t.pair(), await t.pair()];
  const chunk = await t.block(a);
  const moved = transfer(chunk);
  b.readStart();
  await t.scope.until(() => !a.pending || a.closed, 'the write to settle, or the channel to fail');
  if (a.closed) ok(a.error !== null, `C5: ${a.name}: it closed without an error`);
  await t.scope.until(() => b.received === a.sent || b.closed || b.has('end'), 'all bytes, or the failure');
  ok(b.received === a.sent || !b.has('end'), `C5: an end behind ${b.received} bytes of ${a.sent}`);
  ok(moved.length > 0, 'C5: the bytes are nowhere');
  other.b.readStart();
  await other.a.pump(100_000);
  await other.b.bytes(other.a.sent);
}

async function reuse(t: Bench, buffer: Uint8Array): Promise<void> {
  const { a, b } = await t.pair();
  for (let i = 0; i < 32; i++) {
    const bytes = a.next(buffer.length);
    buffer.set(bytes);
    if (a.write(buffer) === WRITE_PENDING) {
      b.readStart();
      await a.settled();
    }
    ok(mismatch(buffer, a.sent - buffer.length) === -1, `C5: ${a.name}: the channel wrote into borrowed bytes`);
    buffer.fill(0);
  }
  b.readStart();
  await b.bytes(a.sent);
}

function gathering(suite: Suite): void {
  check(suite, 'C6', 'writev takes many chunks in order, empty ones too, and settles them together', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    const lists = [[5], [0, 1, 0, 2, 100, 0], Array.from({ length: 1500 }, (_, i) => i % 7), Array.from({ length: 40 }, () => 32_768)];
    for (const sizes of lists) {
      a.writev(sizes.map((size) => a.next(size)));
      await a.settled();
    }
    await b.bytes(a.sent);
  });

  check(suite, 'C6', 'the chunks of a writev may be reused once it settled', async (t) => {
    const { a, b } = await t.pair();
    const chunks = [new Uint8Array(1000), new Uint8Array(3000)];
    for (let i = 0; i < 16; i++) {
      for (const chunk of chunks) chunk.set(a.next(chunk.length));
      if (a.writev(chunks) === WRITE_PENDING) {
        b.readStart();
        await a.settled();
      }
      for (const chunk of chunks) chunk.fill(0);
    }
    b.readStart();
    await b.bytes(a.sent);
  });
}

function strings(suite: Suite): void {
  const utf8 = 'plain, \u00fcn\u00efc\u00f6d\u00e9, \u6f22\u5b57, \u{1f389}, \0 and half a pair: \ud800.';
  const latin1 = String.fromCharCode(...pattern(2000));

  check(suite, 'C7', 'writeString, where there is one, sends the text in its encoding', async (t) => {
    const { a, b } = await t.pair();
    if (a.connection.writeString === undefined) return;
    b.patterned = false;
    b.chunks = [];
    b.readStart();
    const sent: Uint8Array[] = [];
    for (const text of [utf8, '', utf8.repeat(3000)]) {
      if (a.writeString(text, 'utf8') === WRITE_PENDING) await a.settled();
      sent.push(new TextEncoder().encode(text));
    }
    for (const text of [latin1, latin1.repeat(50)]) {
      if (a.writeString(text, 'latin1') === WRITE_PENDING) await a.settled();
      sent.push(Uint8Array.from(text, (char) => char.charCodeAt(0)));
    }
    const expected = joined(sent);
    await b.bytes(expected.length);
    const got = joined(b.chunks);
    const at = expected.findIndex((byte, i) => byte !== got[i]);
    ok(at === -1, `C7: byte ${at} is ${got[at]}, not ${expected[at]}`);
  });
}

function pressure(suite: Suite): void {
  check(suite, 'C8', 'a peer that does not read makes a write pending; it settles when the peer reads', async (t) => {
    const { a, b } = await t.pair();
    await t.block(a);
    ok(!a.closed, `C8: the channel closed: ${a.error?.message}`);
    b.readStart();
    await a.settled();
    await a.send(10);
    await b.bytes(a.sent);
  });

  check(suite, 'C8', 'one way is blocked and the other is not', async (t) => {
    const { a, b } = await t.pair();
    a.readStart();
    // Where a medium has several hops, the buffers of some may go on growing for a while: then it is blocked a little later.
    for (let round = 1; round === 1 || (!a.pending && round <= 4); round++) {
      await t.block(a);
      await b.pump(200_000);
      await a.bytes(round * 200_000);
    }
    ok(a.pending, `C8: ${a.name}: the write settled though nobody read`);
  });
}
