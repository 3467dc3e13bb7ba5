import type { Borrowing } from '@netstrata/stream-core';
import { check, type Bench, type Suite } from '../harness/bench.js';
import type { End } from '../harness/end.js';
import { equal, ok } from '../harness/failure.js';
import type { Piece } from '../harness/chunk-memory.js';
import { mismatch } from '../harness/pattern.js';

/** S2, and of S8 what concerns memory that is lent. A channel that never lends keeps all of it. */
export function lendingTests(suite: Suite): void {
  answers(suite);
  whileStopped(suite);
  apart(suite);
}

function answers(suite: Suite): void {
  const ways: [title: string, answer: (offer: number) => boolean][] = [
    ['declines them all', () => false],
    ['uses them all', () => true],
    ['answers now this and now that', (offer) => offer % 3 !== 1],
  ];
  for (const wish of ['briefly', 'while-stopped'] as const) {
    for (const [title, answer] of ways) {
      check(suite, 'S2', `a sink that borrows bytes ${wish} and ${title} gets every byte once`, (t) => borrow(t, () => wish, answer));
    }
  }

  check(suite, 'S2', 'what a sink wants is looked at with each read', async (t) => {
    const wishes: Borrowing[] = ['briefly', false, 'while-stopped', false, false];
    let reads = 0;
    await borrow(t, () => wishes[reads++ % wishes.length], () => true);
  });
}

/** Takes loans as they come, or declines them. */
async function borrow(t: Bench, wish: () => Borrowing, answer: (offer: number) => boolean): Promise<void> {
  const { a, b } = await t.pair();
  let offers = 0;
  let declined = 0;
  b.wantsBorrowed = wish();
  b.onBorrowed = (chunk) => {
    t.scope.reported(`${b.name}: onBorrowed`);
    if (b.wantsBorrowed === false) t.scope.broken('S2', `${b.name}: bytes were lent to a sink that does not want that`);
    if (declined > 0) t.scope.broken('S2', `${b.name}: bytes that were declined did not come again through onData`);
    if (answer(offers++)) {
      b.receive(chunk, 'onBorrowed');
      return true;
    }
    b.checkRead('onBorrowed');
    declined = chunk.length;
    return false;
  };
  b.chunks = [];
  b.hooks.data = () => {
    const { length } = b.chunks!.pop()!;
    if (declined > 0 && length !== declined) {
      t.scope.broken('S2', `${b.name}: expected the ${declined} bytes that were declined, received ${length}`);
    }
    declined = 0;
    b.wantsBorrowed = wish();
  };
  b.readStart();
  for (const size of [1, 100, 5000, 40_000, 1]) await a.send(size);
  await a.pump(256 * 1024);
  await b.bytes(a.sent);
}

/** So many loans are looked at for longer. */
const LOANS = 8;

function whileStopped(suite: Suite): void {
  check(suite, 'S2', 'lent bytes stay as they are while the sink that stopped has not started again, and nothing is lost', async (t) => {
    const [{ a, b }, other] = [await t.pair(), await t.pair()];
    const total = Math.min(t.limits.largeBytes, 1024 * 1024);
    let lent: Piece | null = null;
    let loans = 0;
    b.wantsBorrowed = 'while-stopped';
    b.onBorrowed = (chunk) => {
      t.scope.reported(`${b.name}: onBorrowed`);
      const isLookedAt = ++loans <= LOANS;
      if (isLookedAt) lent = { start: b.received, chunk };
      b.receive(chunk, 'onBorrowed');
      if (isLookedAt) b.readStop();
      return true;
    };
    other.b.wantsBorrowed = 'briefly';
    other.b.onBorrowed = (chunk) => {
      other.b.receive(chunk, 'onBorrowed');
      return true;
    };
    other.b.readStart();
    b.readStart();
    const sent = a.pump(total).then(() => a.shutdown());
    sent.catch(() => {});
    while (!b.has('end')) {
      await t.scope.until(() => lent !== null || b.has('end') || b.closed, 'a loan, or the end');
      ok(!b.closed, `S6: ${b.name}: expected end, received close (${b.error?.message ?? 'no error'})`);
      if (lent === null) continue;
      await stays(t, b, lent, other.a);
      lent = null;
      b.readStart();
    }
    await sent;
    equal(b.received, total, `S2: ${b.name}: bytes before the end`);
  });
}

/** Whatever else is read meanwhile, also of another connection. */
async function stays(t: Bench, b: End, { start, chunk }: Piece, other: End): Promise<void> {
  const { received } = b;
  await other.pump(100_000);
  await t.quiet();
  equal(b.received, received, `C9: ${b.name}: bytes while stopped`);
  ok(mismatch(chunk, start) === -1, `S2: ${b.name}: the bytes lent at ${start} changed before the sink started again`);
}

function apart(suite: Suite): void {
  check(suite, 'S8', 'memory that is lent is never that of a chunk, of any connection', async (t) => {
    const lent = new Set<ArrayBufferLike>();
    const given = new Set<ArrayBufferLike>();
    const wishes: Borrowing[] = ['briefly', 'while-stopped', false];
    const pairs = [await t.pair(), await t.pair()];
    for (const { b } of pairs) {
      let reads = 0;
      b.chunks = [];
      b.wantsBorrowed = 'briefly';
      b.onBorrowed = ({ buffer }) => {
        t.scope.reported(`${b.name}: onBorrowed`);
        lent.add(buffer);
        return false;
      };
      b.hooks.data = () => {
        given.add(b.chunks!.at(-1)!.buffer);
        b.wantsBorrowed = wishes[reads++ % wishes.length];
      };
      b.readStart();
    }
    for (const size of [1, 100, 5000, 40_000, 65_536]) await Promise.all(pairs.map(({ a }) => a.send(size)));
    await Promise.all(pairs.map(({ a }) => a.pump(512 * 1024)));
    for (const { a, b } of pairs) await b.bytes(a.sent);
    equal([...lent].filter((buffer) => given.has(buffer)).length, 0, 'S8: all ends: ArrayBuffers that were both lent and given');
  });
}
