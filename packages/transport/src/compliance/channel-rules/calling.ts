import type { ChannelSink } from '@netstrata/stream-core';
import { check, type Suite } from '../harness/bench.js';
import { equal, ok } from '../harness/failure.js';

/** C1, C14, C15, S7: calls, counters and sinks. */
export function callingTests(suite: Suite): void {
  check(suite, 'C1', 'no call on a channel runs a sink method, of this channel or of its peer', async (t) => {
    const { a, b } = await t.pair();
    await a.send(1000);
    await t.quiet();
    b.readStart();
    b.readStop();
    b.readStart();
    await b.bytes(1000);
    for (let i = 0; i < 20; i++) {
      await a.send(100);
      a.writev([a.next(10), a.next(20)]);
      await a.settled();
    }
    a.readStart();
    b.write(b.next(10));
    await a.bytes(10);
    a.shutdown();
    await b.event('end');
    await t.scope.until(() => !b.pending, 'the write to settle');
    b.shutdown();
    b.close();
    a.abort();
    await Promise.all([a.event('close'), b.event('close')]);
  });

  check(suite, 'C1', 'calls made inside a sink method do not nest another', async (t) => {
    const { a, b } = await t.pair();
    // Everything arrives at once and is answered from inside: what a re-entrant medium gets wrong.
    b.hooks.data = () => {
      if (!b.pending) b.write(b.next(10));
      b.readStop();
      b.readStart();
    };
    b.readStart();
    a.readStart();
    await a.pump(200_000, 1000);
    await b.bytes(200_000);
    await t.scope.until(() => !b.pending, 'the write to settle');
    await a.bytes(b.sent);
  });

  check(suite, 'C14', 'bytesRead and bytesWritten count what was handed over and accepted, and outlive the channel', async (t) => {
    const { a, b } = await t.pair();
    equal([a.connection.bytesRead, a.connection.bytesWritten], [0, 0], `C14: ${a.name}: of a new channel`);
    b.readStart();
    await a.pump(150_000);
    a.writev([a.next(100), a.next(200)]);
    await a.settled();
    await b.bytes(a.sent);
    equal([a.connection.bytesWritten, b.connection.bytesRead], [150_300, 150_300], `C14: ${a.name} and ${b.name}: after a transfer`);
    a.close();
    b.close();
    await Promise.all([a.event('close'), b.event('close')]);
    equal([a.connection.bytesWritten, b.connection.bytesRead], [150_300, 150_300], `C14: ${a.name} and ${b.name}: after close`);
  });

  check(suite, 'C15', 'ref and unref change nothing but what keeps the process alive', async (t) => {
    const { a, b } = await t.pair();
    for (const { connection } of [a, b]) {
      t.scope.call(() => {
        connection.unref();
        connection.unref();
        connection.ref();
      });
    }
    b.readStart();
    await a.send(1000);
    await b.bytes(1000);
  });

  sinks(suite);
}

function sinks(suite: Suite): void {
  check(suite, 'S7', 'what was not reported yet goes to the sink that is there', async (t) => {
    const { a, b } = await t.pair();
    const calls: string[] = [];
    await a.send(1000);
    await t.quiet();
    b.connection.sink = forward(b, calls);
    b.readStart();
    await b.bytes(1000);
    a.shutdown();
    await b.event('end');
    b.close();
    await b.event('close');
    equal([...new Set(calls)], ['data', 'end', 'close'], 'S7: calls of the new sink');
  });

  check(suite, 'S7', 'a sink replaced inside onData gets all that follows', async (t) => {
    const { a, b } = await t.pair();
    let calledAfter = 0;
    let replaced = false;
    b.hooks.data = () => {
      if (replaced && calledAfter-- === 0) t.scope.broken('S7', `${b.name}: onData of a sink that was replaced`);
      if (replaced) return;
      replaced = true;
      const calls = { push: () => ++calledAfter };
      b.connection.sink = forward(b, calls);
    };
    b.readStart();
    await a.pump(300_000, 1000);
    await b.bytes(300_000);
    ok(replaced, 'S7: nothing was delivered');
  });
}

/** A second sink that notes its calls and passes them on to the first. */
function forward(to: ChannelSink, calls: { push(call: string): unknown }): ChannelSink {
  return {
    onData(chunk) {
      calls.push('data');
      to.onData(chunk);
    },
    onEnd() {
      calls.push('end');
      to.onEnd();
    },
    onWriteDone() {
      calls.push('writeDone');
      to.onWriteDone();
    },
    onShutdownDone() {
      calls.push('shutdownDone');
      to.onShutdownDone();
    },
    onClose(error) {
      calls.push('close');
      to.onClose(error);
    },
  };
}
