import { check, type Bench, type Suite } from '../harness/bench.js';
import { equal, ok } from '../harness/failure.js';

/** C10, C11: ending one direction. */
export function endingTests(suite: Suite): void {
  check(suite, 'C10', 'shutdown without a write ends the peer and reports once', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    a.shutdown();
    await Promise.all([a.event('shutdownDone'), b.event('end')]);
    equal(b.received, 0, `C10: ${b.name}: bytes`);
  });

  check(suite, 'C10', 'shutdown after writes delivers them all before the end', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    await a.pump(t.limits.largeBytes);
    a.shutdown();
    await Promise.all([a.event('shutdownDone'), b.event('end')]);
    equal(b.received, a.sent, `C10: ${a.name} and ${b.name}: bytes before the end`);
  });

  check(suite, 'C10', 'shutdown while a write is pending lets it settle first, and loses nothing', async (t) => {
    let { a, b } = await t.pair();
    // Where a medium has several hops, the buffers of some may go on growing for a while: a write that settled all the same proves nothing.
    for (let round = 1; round === 1 || (!a.pending && round <= 4); round++) {
      if (round > 1) ({ a, b } = await t.pair());
      await t.block(a);
      a.shutdown();
      await t.quiet();
    }
    ok(!a.has('shutdownDone'), `C10: ${a.name}: onShutdownDone though a write is pending`);
    b.readStart();
    await Promise.all([a.event('shutdownDone'), b.event('end')]);
    equal(b.received, a.sent, `C10: ${a.name} and ${b.name}: bytes before the end`);
  });

  if (suite.capabilities.halfClose) check(suite, 'C11', 'after shutdown the other direction goes on (halfClose)', halfClose);
  else check(suite, 'C11', 'shutdown ends both directions (no halfClose)', fullClose);
}

async function halfClose(t: Bench): Promise<void> {
  for (const dialled of [true, false]) {
    const { a, b } = await t.pair();
    const [first, second] = dialled ? [a, b] : [b, a];
    first.readStart();
    second.readStart();
    first.shutdown();
    await second.event('end');
    await second.pump(200_000);
    await first.bytes(200_000);
    second.shutdown();
    await first.event('end');
    await second.event('shutdownDone');
    ok(!first.closed && !second.closed, 'C11: a channel that ended both ways stays until it is closed');
  }
}

async function fullClose(t: Bench): Promise<void> {
  const { a, b } = await t.pair();
  a.readStart();
  b.readStart();
  a.shutdown();
  await b.event('end');
  await t.scope.until(() => a.has('end') || a.closed, 'the other direction to end');
}
