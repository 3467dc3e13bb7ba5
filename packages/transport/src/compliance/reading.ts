import { WRITE_PENDING } from '@netstrata/stream-core';
import { check, type Bench, type Suite } from './bench.js';
import { equal, ok } from './failure.js';
import { mismatch } from './pattern.js';
import { turn } from './scope.js';

/** C2, C9, S1, S2, S3, S8: what a channel delivers, when, and where. */
export function readingTests(suite: Suite): void {
  stopped(suite);
  stopping(suite);
  ownership(suite);
  borrowing(suite);
  into(suite);
  ends(suite);
}

function stopped(suite: Suite): void {
  check(suite, 'C2', 'a channel is born stopped, and delivers what came before readStart after it', async (t) => {
    const { a, b } = await t.pair();
    await a.send(1000);
    await t.quiet();
    equal(b.events, [], 'C2: events before readStart');
    b.readStart();
    await b.bytes(1000);
  });

  check(suite, 'C2', 'an end that came before readStart is reported after it, behind the bytes', async (t) => {
    const { a, b } = await t.pair();
    await a.send(1000);
    a.shutdown();
    await t.quiet();
    equal(b.events, [], 'C2: events before readStart');
    b.readStart();
    await b.event('end');
    equal(b.received, 1000, 'C2: bytes before the end');
  });
}

function stopping(suite: Suite): void {
  check(suite, 'C9', 'after readStop nothing is delivered until the next readStart', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    await a.send(10);
    await b.bytes(10);
    b.readStop();
    await a.send(20);
    a.shutdown();
    await t.quiet();
    equal([b.received, ...b.events], [10, 'data'], 'C9: what came while stopped');
    b.readStart();
    await b.event('end');
    equal(b.received, 30, 'C9: bytes after the next readStart');
  });

  check(suite, 'C9', 'readStop inside onData holds with the very next chunk, and nothing is lost', async (t) => {
    const { a, b } = await t.pair();
    const total = Math.min(t.limits.largeBytes, 512 * 1024);
    let stops = 0;
    b.hooks.data = () => {
      b.readStop();
      stops++;
      void turn().then(() => t.scope.guard(() => !b.closed && b.readStart()));
    };
    b.readStart();
    await a.pump(total, 8192);
    await b.bytes(total);
    ok(stops > 0, 'C9: nothing was delivered');
  });

  check(suite, 'C9', 'readStart when started and readStop when stopped change nothing', async (t) => {
    const { a, b } = await t.pair();
    b.readStop();
    b.readStart();
    b.readStart();
    await a.send(100);
    await b.bytes(100);
    b.readStop();
    b.readStop();
    b.readStart();
    b.readStop();
    await a.send(100);
    await t.quiet();
    equal(b.received, 100, 'C9: bytes while stopped');
    b.readStart();
    await b.bytes(200);
  });
}

function ownership(suite: Suite): void {
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
      ok(mismatch(chunk, at) === -1, `S1: the chunk at byte ${at} changed after it was delivered`);
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
      ok(mismatch(bytes, start) === -1, 'S1: the receiver wrote into the bytes of the sender');
    }
  });
}

type Answer = boolean | 'kept';

function borrowing(suite: Suite): void {
  const answers: [title: string, answer: (offer: number) => Answer][] = [
    ['declines them all', () => false],
    ['is done with them all', () => true],
    ['keeps them all', () => 'kept'],
    ['answers now this and now that', (offer) => ([true, false, 'kept'] as const)[offer % 3]],
  ];
  for (const [title, answer] of answers) {
    check(suite, 'S2', `a sink with onBorrowed that ${title} gets every byte once`, (t) => borrow(t, answer));
  }
}

async function borrow(t: Bench, answer: (offer: number) => Answer): Promise<void> {
  const { a, b } = await t.pair();
  const kept: { start: number; chunk: Uint8Array }[] = [];
  let offers = 0;
  let declined = 0;
  b.wantsBorrowed = true;
  b.onBorrowed = (chunk) => {
    t.scope.reported('onBorrowed');
    if (declined > 0) t.scope.broken('S2', 'bytes that were declined did not come again through onData');
    const taken = answer(offers++);
    if (taken === 'kept') kept.push({ start: b.received, chunk });
    if (taken === false) {
      b.checkRead('onBorrowed');
      declined = chunk.length;
    } else b.receive(chunk, 'onBorrowed');
    return taken;
  };
  b.chunks = [];
  b.hooks.data = () => {
    const { length } = b.chunks!.pop()!;
    if (declined > 0 && length !== declined) t.scope.broken('S2', `${length} bytes came for ${declined} that were declined`);
    declined = 0;
  };
  b.readStart();
  for (const size of [1, 100, 5000, 40_000, 1]) await a.send(size);
  await a.pump(256 * 1024);
  await b.bytes(a.sent);
  for (const { start, chunk } of kept) ok(mismatch(chunk, start) === -1, 'S2: bytes that were kept changed later');
}

function into(suite: Suite): void {
  check(suite, 'S8', 'what is read into memory of the receiver stands there, also where other memory is named each time', async (t) => {
    const { a, b } = await t.pair();
    const memory = [new Uint8Array(1000), new Uint8Array(37).subarray(5), new Uint8Array(70_000)];
    let reads = 0;
    const current = (): Uint8Array => memory[reads % memory.length];
    const taken = b.readInto(current());
    b.onBorrowed = (chunk) => {
      const { buffer, byteOffset, length } = current();
      if (!taken) t.scope.broken('S8', 'onBorrowed where readInto was refused');
      else if (chunk.buffer !== buffer || chunk.byteOffset !== byteOffset || chunk.length > length) t.scope.broken('S8', 'the bytes stand elsewhere');
      b.hooks.data = undefined;
      b.receive(chunk, 'onBorrowed');
      b.hooks.data = elsewhere;
      reads++;
      b.readInto(current());
      return true;
    };
    const elsewhere = (): void => {
      if (taken) t.scope.broken('S8', 'onData after readInto');
    };
    b.hooks.data = elsewhere;
    b.readStart();
    for (const size of [1, 36, 5000, 40_000]) await a.send(size);
    await a.pump(256 * 1024);
    await b.bytes(a.sent);
  });
}

function ends(suite: Suite): void {
  check(suite, 'S3', 'onEnd comes once, behind all the bytes', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    await a.pump(300_000);
    a.shutdown();
    await b.event('end');
    equal(b.received, 300_000, 'S3: bytes before the end');
    b.readStop();
    b.readStart();
    await t.quiet();
    equal(b.events, ['data', 'end'], 'S3: events');
  });

  check(suite, 'S3', 'an end that waits with bytes for a reader stays behind them', async (t) => {
    const { a, b } = await t.pair();
    await a.send(1000);
    // Some media report the FIN only when the peer has read: it is not waited for.
    a.shutdown();
    await t.quiet();
    b.hooks.data = () => {
      b.readStop();
      b.readStart();
    };
    b.readStart();
    await b.event('end');
    equal([b.received, ...b.events], [1000, 'data', 'end'], 'S3: what came');
  });
}
