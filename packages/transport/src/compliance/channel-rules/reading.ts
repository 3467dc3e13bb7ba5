import { check, type Suite } from '../harness/bench.js';
import { equal, ok } from '../harness/failure.js';
import { turn } from '../harness/scope.js';

/** C2, C9, S3: what a channel delivers, and when. */
export function readingTests(suite: Suite): void {
  stopped(suite);
  stopping(suite);
  ends(suite);
}

function stopped(suite: Suite): void {
  check(suite, 'C2', 'a channel is born stopped, and delivers what came before readStart after it', async (t) => {
    const { a, b } = await t.pair();
    await a.send(1000);
    await t.quiet();
    equal(b.events, [], `C2: ${b.name}: events before readStart`);
    b.readStart();
    await b.bytes(1000);
  });

  check(suite, 'C2', 'an end that came before readStart is reported after it, behind the bytes', async (t) => {
    const { a, b } = await t.pair();
    await a.send(1000);
    a.shutdown();
    await t.quiet();
    equal(b.events, [], `C2: ${b.name}: events before readStart`);
    b.readStart();
    await b.event('end');
    equal(b.received, 1000, `C2: ${b.name}: bytes before the end`);
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
    equal([b.received, ...b.events], [10, 'data'], `C9: ${b.name}: what came while stopped`);
    b.readStart();
    await b.event('end');
    equal(b.received, 30, `C9: ${b.name}: bytes after the next readStart`);
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
    equal(b.received, 100, `C9: ${b.name}: bytes while stopped`);
    b.readStart();
    await b.bytes(200);
  });
}

function ends(suite: Suite): void {
  check(suite, 'S3', 'onEnd comes once, behind all the bytes', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    await a.pump(300_000);
    a.shutdown();
    await b.event('end');
    equal(b.received, 300_000, `S3: ${b.name}: bytes before the end`);
    b.readStop();
    b.readStart();
    await t.quiet();
    equal(b.events, ['data', 'end'], `S3: ${b.name}: events`);
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
    equal([b.received, ...b.events], [1000, 'data', 'end'], `S3: ${b.name}: what came`);
  });
}
