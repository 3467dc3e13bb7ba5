import { WRITE_PENDING } from '@netstrata/stream-core';
import { check, type Pair, type Suite } from '../harness/bench.js';
import type { End } from '../harness/end.js';
import { equal, ok } from '../harness/failure.js';
import { canTransfer, isWhole, transfer, type Piece } from '../harness/chunk-memory.js';
import { mismatch } from '../harness/pattern.js';

/** S1, and of S8 what does not need a sink that borrows: whose the memory of a chunk is. */
export function owningTests(suite: Suite): void {
  exact(suite);
  changes(suite);
  if (canTransfer) givenAway(suite);
}

const SIZES = [1, 2, 63, 64, 65, 255, 256, 1000, 4095, 4096, 4097, 16_384, 32_767, 32_768, 65_535, 65_536, 65_537, 100_000, 200_000];

function exact(suite: Suite): void {
  check(suite, 'S1', 'chunks of every size, alone and in a row, are whole ArrayBuffers of their own', async (t) => {
    const { a, b } = await t.pair();
    b.chunks = [];
    b.readStart();
    for (const size of SIZES) {
      await a.send(size);
      await b.bytes(a.sent);
      b.readStop();
      a.write(a.next(size));
      b.readStart();
      await a.settled();
      await a.send(size);
      await a.send(size);
      await b.bytes(a.sent);
    }
    const parts = b.chunks.filter((chunk) => !isWhole(chunk));
    if (t.limits.exactChunks) equal(parts.length, 0, `S1: ${b.name}: chunks that are parts of something`);
    equal(new Set(b.chunks.map(({ buffer }) => buffer)).size, b.chunks.length, `S1: ${b.name}: different ArrayBuffers`);
  });
}

function changes(suite: Suite): void {
  check(suite, 'S1', 'chunks stay as they were delivered, whatever is read later', async (t) => {
    const { a, b } = await t.pair();
    const total = Math.min(t.limits.largeBytes, 1024 * 1024);
    b.chunks = [];
    b.readStart();
    for (const size of [1, 10, 5000]) await a.send(size);
    await a.pump(total - 5011);
    await b.bytes(total);
    let at = 0;
    for (const chunk of b.chunks) {
      ok(mismatch(chunk, at) === -1, `S1: ${b.name}: the chunk at byte ${at} changed after it was delivered`);
      at += chunk.length;
    }
  });

  check(suite, 'S1', 'a receiver may overwrite its chunks: neither the sender nor later bytes see it', async (t) => {
    const { a, b } = await t.pair();
    b.chunks = [];
    b.hooks.data = () => b.chunks!.pop()!.fill(0xee);
    b.readStart();
    for (const size of [1, 100, 5000, 40_000]) {
      const start = a.sent;
      const bytes = a.next(size);
      if (a.write(bytes) === WRITE_PENDING) await a.settled();
      await b.bytes(a.sent);
      ok(mismatch(bytes, start) === -1, `S1: ${b.name}: it wrote into the bytes of ${a.name}`);
    }
  });
}

function givenAway(suite: Suite): void {
  check(suite, 'S1', 'a receiver may give its chunks away: what the sender has, the other chunks and later ones stay whole', async (t) => {
    const { a, b } = await t.pair();
    const pieces = givingAway(b, (count) => count % 2 === 0);
    b.readStart();
    for (const size of [1, 10, 100, 1000, 5000, 40_000, 1, 1, 65_536]) {
      const start = a.sent;
      const bytes = a.next(size);
      if (a.write(bytes) === WRITE_PENDING) await a.settled();
      ok(mismatch(bytes, start) === -1, `S1: ${b.name}: it took the bytes of ${a.name}`);
    }
    await a.pump(256 * 1024, 10_000);
    await b.bytes(a.sent);
    unharmed(b, pieces, 'S1');
  });

  check(suite, 'S8', 'giving every chunk away harms neither what is read later nor another connection', async (t) => {
    const pairs = [await t.pair(), await t.pair()];
    const given = pairs.flatMap(({ a, b }, index) => [a, b].map((end) => ({ end, pieces: givingAway(end, () => index === 0) })));
    for (const { a, b } of pairs) {
      a.readStart();
      b.readStart();
    }
    for (const size of [1, 64, 100, 5000, 65_536, 3]) for (const pair of pairs) await exchange(pair, size);
    await Promise.all(pairs.map(({ a, b }) => Promise.all([a.pump(256 * 1024), b.pump(256 * 1024, 5000)])));
    for (const { a, b } of pairs) await Promise.all([a.bytes(b.sent), b.bytes(a.sent)]);
    for (const { end, pieces } of given) unharmed(end, pieces, 'S8');
  });
}

async function exchange({ a, b }: Pair, size: number): Promise<void> {
  await a.send(size);
  await b.bytes(a.sent);
  await b.send(size);
  await a.bytes(b.sent);
}

/** What an end receives, of which it gives away some as it comes: where the bytes are then. */
function givingAway(end: End, which: (count: number) => boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  end.chunks = [];
  end.hooks.data = () => {
    const chunk = end.chunks!.pop()!;
    const start = end.received - chunk.length;
    pieces.push({ start, chunk: which(pieces.length) ? transfer(chunk) : chunk });
  };
  return pieces;
}

function unharmed({ name }: End, pieces: readonly Piece[], rule: string): void {
  let at = 0;
  for (const { start, chunk } of pieces) {
    ok(start === at && chunk.length > 0, `${rule}: ${name}: the bytes of the chunk at ${start} are gone`);
    ok(mismatch(chunk, start) === -1, `${rule}: ${name}: the chunk at byte ${start} changed after it was delivered`);
    at += chunk.length;
  }
}
