import fc from 'fast-check';
import { runs } from './support/fuzz.js';
import { expect, it } from 'vitest';
import { observe, type Options, type Step } from './support/scenario.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 12 });
const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const plain = (...ops: string[]): fc.Arbitrary<Step> => fc.constantFrom(...ops).map((op) => ({ op }) as Step);
const data = fc.oneof(bytes, text);
const callback = fc.boolean();
const writeSteps: fc.Arbitrary<Step>[] = [
  fc.record({ op: fc.constant('write' as const), data, callback }),
  fc.record({ op: fc.constant('write' as const), data: text, encoding: fc.constantFrom('utf8', 'latin1', 'hex', 'base64', 'utf16le'), callback }),
  fc.record({ op: fc.constant('write' as const), data: fc.constant(null), callback }),
  fc.record({ op: fc.constant('end' as const), data: fc.oneof(data, fc.constant(null)), callback }),
  plain('cork', 'uncork', 'settle', 'shutdownDone', 'pending', 'done', 'turn', 'turn', 'settle'),
];
const major = Number.parseInt(process.versions.node, 10);
/** `read()` gives all there is. Node 26 gives the first chunk only. */
const wholes: (number | undefined)[] = major >= 26 ? [0] : [undefined];
const readSteps: fc.Arbitrary<Step>[] = [
  fc.record({ op: fc.constant('receive' as const), data: bytes }),
  fc.record({ op: fc.constant('receive' as const), data: bytes }),
  fc.record({ op: fc.constant('read' as const), size: fc.oneof(fc.constantFrom(...wholes), fc.integer({ min: 0, max: 20 })) }),
  plain('pause', 'resume', 'receiveEnd', 'flow', 'unflow', 'readable', 'unreadable', 'turn', 'turn'),
];
const rareSteps: fc.Arbitrary<Step>[] = [
  fc.record({ op: fc.constant('destroy' as const), error: fc.boolean() }),
  plain('fail'),
];
/** Before Node 24, `setEncoding` after the end lost an unfinished character: then only encodings that have none. */
const encodings = major >= 24 ? ['utf8', 'hex', 'latin1', 'base64'] : ['hex', 'latin1'];
const oddSteps: fc.Arbitrary<Step>[] = [
  fc.record({ op: fc.constant('receive' as const), data: bytes }),
  // Without sizes: on Node 20 and 22 `read(size)` of text over several chunks gives too much.
  fc.record({ op: fc.constant('read' as const), size: fc.constantFrom(...wholes, 0) }),
  plain('pause', 'resume', 'receiveEnd', 'flow', 'unflow', 'readable', 'unreadable', 'turn', 'turn'),
  fc.record({ op: fc.constant('unshift' as const), data: bytes }),
  fc.record({ op: fc.constant('setEncoding' as const), encoding: fc.constantFrom(...encodings) }),
];
const pipeSteps = [plain('pipe', 'pipe2', 'unpipe', 'drainPipe', 'drainPipe', 'turn')];
const options: fc.Arbitrary<Options> = fc.record({ allowHalfOpen: fc.boolean(), autoDestroy: fc.boolean(), highWaterMark: fc.constantFrom(0, 1, 10, 100) });

/** Sizes stay below the mark: when the queue is exactly full, Node tells it by one 'readable' more. */
const roomy = fc.record({ allowHalfOpen: fc.boolean(), autoDestroy: fc.boolean(), highWaterMark: fc.constantFrom(50, 100) });

async function same(given: Options, steps: Step[]): Promise<void> {
  expect((await observe('ours', given, steps)).join('\n')).toBe((await observe('node', given, steps)).join('\n'));
}

const mixes: [string, fc.Arbitrary<Step>[], fc.Arbitrary<Options>?][] = [
  ['writing', [...writeSteps]],
  ['writing and dying', [...writeSteps, ...writeSteps, ...rareSteps]],
  ['reading', [...readSteps], roomy],
  ['reading and dying', [...readSteps, ...readSteps, ...rareSteps], roomy],
  ['reading, unshift and encodings', oddSteps, roomy],
  ['pipes', [...readSteps, ...pipeSteps], roomy],
  ['everything', [...writeSteps, ...readSteps, ...pipeSteps, ...rareSteps]],
];
for (const [title, steps, given = options] of mixes) {
  // In Node 26 `pause` and `resume` of a destroyed stream do nothing, and the rest of the package follows the others.
  const compared = major < 26 || title.startsWith('writing') || title === 'reading';
  it.runIf(compared)(`a Duplex is observed to do what Node's does: ${title}`, async () => {
    const sequence = fc.array(fc.oneof(...steps), { maxLength: 25, size: 'max' });
    await fc.assert(fc.asyncProperty(given, sequence, same), { numRuns: runs });
  });
}
