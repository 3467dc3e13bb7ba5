import { limitsOf, type OpenPair, type Suite } from './harness/bench.js';
import { callingTests } from './channel-rules/calling.js';
import { closingTests } from './channel-rules/closing.js';
import { End } from './harness/end.js';
import { endingTests } from './channel-rules/ending.js';
import { lendingTests } from './channel-rules/lending.js';
import { owningTests } from './channel-rules/owning.js';
import { readingTests } from './channel-rules/reading.js';
import type { Runner } from './subject/runner.js';
import type { ChannelSubject } from './subject/subject.js';
import { writingTests } from './channel-rules/writing.js';

/**
 * Tests the rules of channels and sinks (C, S, and the E that apply) on whatever gives connected pairs.
 * @example
 * ```js
 * import { duplexPair } from 'node:stream';
 * import { fromNodeDuplex } from '@netstrata/transport/adapters';
 * import { channelCompliance } from '@netstrata/transport/compliance';
 *
 * let tests = 0;
 * const runner = { describe: (name, body) => body(), it: () => (tests += 1) }; // or those of a test runner
 * channelCompliance(runner, {
 *   name: 'a Duplex',
 *   capabilities: { halfClose: true, reset: false },
 *   pair: async () => duplexPair().map((one) => fromNodeDuplex(one)),
 * });
 * console.log(tests > 20); // prints true
 * ```
 */
export function channelCompliance(runner: Runner, subject: ChannelSubject): void {
  const open: OpenPair = async (scope) => {
    const [a, b] = await scope.call(() => subject.pair());
    return { a: new End(scope, 'first end', a), b: new End(scope, 'second end', b) };
  };
  runner.describe(`${subject.name} keeps the channel contract`, () => {
    channelTests({ runner, limits: limitsOf(subject), capabilities: subject.capabilities, open });
  });
}

export function channelTests(suite: Suite): void {
  callingTests(suite);
  readingTests(suite);
  owningTests(suite);
  lendingTests(suite);
  writingTests(suite);
  endingTests(suite);
  closingTests(suite);
}
