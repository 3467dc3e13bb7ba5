import { check, type Suite } from '../harness/bench.js';
import type { End } from '../harness/end.js';
import { equal, ok } from '../harness/failure.js';
import { isSystemError } from '../../errors/system-error.js';

/** C12, C13, S4, S5, S6, E1, E4: how a channel goes away, and what its peer sees. */
export function closingTests(suite: Suite): void {
  closes(suite);
  closesInside(suite);
  aborts(suite);
  failures(suite);
  resets(suite);
}

function closes(suite: Suite): void {
  check(suite, 'C12', 'close releases the channel: onClose(null), once and last', async (t) => {
    const { a, b } = await t.pair();
    a.close();
    b.close();
    await Promise.all([a.event('close'), b.event('close')]);
    equal([a.error, b.error], [null, null], `C12: ${a.name} and ${b.name}: errors`);
    equal([sinceOpen(a), sinceOpen(b)], [['close'], ['close']], `C12: ${a.name} and ${b.name}: events`);
  });

  check(suite, 'C12', 'close, abort, ref and unref of a closed channel change nothing', async (t) => {
    const { a, b } = await t.pair();
    for (const end of [a, b]) {
      end.close();
      end.close();
      end.abort();
    }
    await Promise.all([a.event('close'), b.event('close')]);
    for (const end of [a, b]) {
      end.close();
      end.abort();
      t.scope.call(() => {
        end.connection.ref();
        end.connection.unref();
      });
    }
    await t.quiet();
    for (const end of [a, b]) equal([sinceOpen(end), end.error], [['close'], null], `C12: ${end.name}: events and error`);
  });

  check(suite, 'C12', 'close drops a pending write: no onWriteDone, then onClose(null)', async (t) => {
    const { a } = await t.pair();
    await t.block(a);
    const before = a.events.length;
    a.close();
    await a.event('close');
    equal([a.error, ...a.events.slice(before)], [null, 'close'], `C12: ${a.name}: what followed close`);
  });

  for (const reading of [true, false]) {
    const title = reading ? 'a peer that reads' : 'a peer that reads later';
    check(suite, 'C12', `what settled before close still arrives at ${title}, and then the end`, async (t) => {
      const { a, b } = await t.pair();
      if (reading) b.readStart();
      await a.send(1000);
      a.close();
      await a.event('close');
      b.readStart();
      await b.event('end');
      equal(b.received, 1000, `C12: ${b.name}: bytes before the end`);
      if (!t.capabilities.halfClose) return;
      await t.quiet();
      equal(b.closed, false, `C12: ${b.name}: a channel whose peer has closed is open until it is closed itself`);
    });
  }

  check(suite, 'S6', 'nothing comes after onClose, in the middle of traffic either', async (t) => {
    const { a, b } = await t.pair();
    a.readStart();
    b.readStart();
    b.hooks.data = () => b.received > 100_000 && !b.closed && b.close();
    void a.pump(t.limits.largeBytes).catch(() => {});
    void b.pump(50_000).catch(() => {});
    await b.event('close');
    a.close();
    await a.event('close');
    await t.quiet();
    equal([a.events.at(-1), b.events.at(-1)], ['close', 'close'], `S6: ${a.name} and ${b.name}: the last events`);
  });
}

function closesInside(suite: Suite): void {
  check(suite, 'C12', 'close inside onData', async (t) => {
    const { a, b } = await t.pair();
    b.hooks.data = () => b.close();
    b.readStart();
    await a.send(10);
    await b.event('close');
    equal([b.error, ...b.events], [null, 'data', 'close'], `C12: ${b.name}: events`);
  });

  check(suite, 'C12', 'close inside onEnd', async (t) => {
    const { a, b } = await t.pair();
    b.hooks.end = () => b.close();
    b.readStart();
    a.shutdown();
    await b.event('close');
    equal([b.error, ...b.events], [null, 'end', 'close'], `C12: ${b.name}: events`);
  });

  check(suite, 'C12', 'close inside onWriteDone', async (t) => {
    const { a, b } = await t.pair();
    await t.block(a);
    a.hooks.writeDone = () => a.close();
    const before = a.events.length;
    b.readStart();
    await a.event('close');
    equal([a.error, ...a.events.slice(before)], [null, 'writeDone', 'close'], `C12: ${a.name}: events`);
  });

  check(suite, 'C12', 'close inside onShutdownDone', async (t) => {
    const { a } = await t.pair();
    a.hooks.shutdownDone = () => a.close();
    a.shutdown();
    await a.event('close');
    equal([a.error, ...sinceOpen(a)], [null, 'shutdownDone', 'close'], `C12: ${a.name}: events`);
  });

  check(suite, 'C12', 'close inside onClose, also after an error', async (t) => {
    const { a, b } = await t.pair();
    a.hooks.close = () => a.close();
    b.hooks.close = () => b.close();
    await t.block(a);
    b.close();
    await Promise.all([a.event('close'), b.event('close')]);
    await t.quiet();
  });
}

function aborts(suite: Suite): void {
  check(suite, 'C13', 'abort ends the channel with onClose(null), dropping a pending write', async (t) => {
    const { a } = await t.pair();
    await t.block(a);
    const before = a.events.length;
    a.abort();
    a.abort();
    a.close();
    await a.event('close');
    equal([a.error, ...a.events.slice(before)], [null, 'close'], `C13: ${a.name}: what followed abort`);
  });

  if (suite.capabilities.reset) {
    check(suite, 'S5', 'the peer of an abort gets onClose with ECONNRESET, never onEnd (reset)', async (t) => {
      const { a, b } = await t.pair();
      b.readStart();
      await a.send(10);
      await b.bytes(10);
      a.abort();
      await b.event('close');
      ok(!b.has('end'), `S5: ${b.name}: onEnd for a reset`);
      equal((b.error as { code?: string } | null)?.code, 'ECONNRESET', `S5: ${b.name}: the code`);
    });
  } else {
    check(suite, 'S5', 'the peer of an abort sees the end or an error (no reset)', async (t) => {
      const { a, b } = await t.pair();
      b.readStart();
      a.abort();
      await t.scope.until(() => b.has('end') || b.closed, 'the end, or onClose');
      ok(!b.closed || b.error !== null, `S5: ${b.name}: onClose(null) without close`);
    });
  }
}

function failures(suite: Suite): void {
  for (const reading of [false, true]) {
    check(suite, 'S4', `a pending write whose peer goes away is settled by onClose(error)${reading ? ', reading too' : ''}`, async (t) => {
      const { a, b } = await t.pair();
      await t.block(a);
      const before = a.events.length;
      if (reading) a.readStart();
      b.close();
      await a.event('close');
      ok(a.error !== null, `S4: ${a.name}: onClose(null) for a write that failed`);
      // A peer that says goodbye may be heard before its refusal of the bytes.
      equal(a.events.slice(before).filter((event) => event !== 'end'), ['close'], `S4: ${a.name}: what followed`);
    });
  }

  check(suite, 'S4', 'writing to a peer that is gone ends in onClose(error); write itself never throws', async (t) => {
    const { a, b } = await t.pair();
    b.close();
    await b.event('close');
    while (!a.closed) {
      a.write(a.next(1000));
      await t.scope.until(() => !a.pending || a.closed, 'the write to settle');
      await t.quiet();
      ok(a.sent < t.limits.writeLimit, `S4: ${a.name}: writes to a peer that is gone are accepted`);
    }
    ok(a.error !== null, `S4: ${a.name}: onClose(null) without close`);
  });

  check(suite, 'E1', 'an error carries code, errno and syscall, and its message begins with them', async (t) => {
    const { a, b } = await t.pair();
    await t.block(a);
    b.close();
    await a.event('close');
    const { error } = a;
    ok(isSystemError(error), 'E1: not a system error');
    ok(/^E[A-Z0-9]+$/.test(error.code), `E1: the code ${error.code}`);
    ok(Number.isInteger(error.errno) && error.errno < 0, `E1: the errno ${error.errno}`);
    ok(error.message.startsWith(`${error.syscall} ${error.code}`), `E1: the message "${error.message}"`);
  });
}

function resets(suite: Suite): void {
  if (!suite.capabilities.reset) return;
  check(suite, 'E4', 'a reset is a failed read or write of the connection, without an address', async (t) => {
    const { a, b } = await t.pair();
    b.readStart();
    a.abort();
    await b.event('close');
    ok(isSystemError(b.error), `E4: ${b.name}: not a system error`);
    ok(b.error.syscall === 'read' || b.error.syscall === 'write', `E4: the syscall ${b.error.syscall}`);
    equal('address' in b.error, false, `E4: ${b.name}: an address`);
  });
}

/** The end that dialled had an onConnect before it came into the test. */
function sinceOpen(end: End): string[] {
  return end.events.filter((event) => event !== 'connect');
}
