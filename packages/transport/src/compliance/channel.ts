import { limitsOf, type OpenPair, type Suite } from './bench.js';
import { callingTests } from './calling.js';
import { closingTests } from './closing.js';
import { End } from './end.js';
import { endingTests } from './ending.js';
import { lendingTests } from './lending.js';
import { owningTests } from './owning.js';
import { readingTests } from './reading.js';
import type { Runner } from './runner.js';
import type { ChannelSubject } from './subject.js';
import { writingTests } from './writing.js';

/** Tests the rules of channels and sinks (C, S, and the E that apply) on whatever gives connected pairs. */
export function channelCompliance(runner: Runner, subject: ChannelSubject): void {
  const open: OpenPair = async (scope) => {
    const [a, b] = await scope.call(() => subject.pair());
    return { a: new End(scope, a), b: new End(scope, b) };
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
