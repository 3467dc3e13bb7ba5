import { expect, it } from 'vitest';
import { observe, type Step } from './support/scenario.js';

/*
 * Every order of a few steps, compared with Node's Duplex. All run at the same time: they wait for turns of the loop, not for each other.
 */

const received = (size: number): Step => ({ op: 'receive', data: new Uint8Array(size).fill(size) });
const read = (size?: number): Step => ({ op: 'read', size });
const plain = (op: string): Step => ({ op }) as Step;
/** How many steps: fewer in `npm test`, and where every mutant has to run them. */
const LONG = process.env['NETSTRATA_QUICK'] === '1' || process.env['FC_RUNS'] !== undefined ? 3 : 4;
const major = Number.parseInt(process.versions.node, 10);

// No sum of these sizes is the mark: when the queue is exactly full, Node tells of it by one 'readable' more.
const MARK = 10;
const SIZES = [received(3), received(8)];
/** From Node 26 on `read()` gives the first chunk. */
const READS = major >= 26 ? [read(0), read(2), read(9)] : [read(), read(0), read(2), read(9)];

const written = (size: number): Step => ({ op: 'write', data: new Uint8Array(size).fill(size), callback: true });
const WRITES = [
  written(3), written(12), { op: 'end', data: 'bye', callback: true } as Step, { op: 'destroy', error: false } as Step,
  ...['cork', 'uncork', 'settle', 'shutdownDone', 'turn'].map(plain),
];

/** All sequences of so many steps. */
function sequences(steps: readonly Step[], length: number): Step[][] {
  return length === 0 ? [[]] : sequences(steps, length - 1).flatMap((head) => steps.map((step) => [...head, step]));
}

async function different(steps: readonly Step[], length: number, before: readonly Step[] = []): Promise<string[]> {
  const found: string[] = [];
  await Promise.all(sequences(steps, length).map(async (sequence) => {
    const whole = [...before, ...sequence];
    const [ours, theirs] = await Promise.all((['ours', 'node'] as const).map((kind) => observe(kind, { highWaterMark: MARK }, whole)));
    if (ours.join('\n') !== theirs.join('\n')) found.push(`${whole.map((step) => `${step.op} ${'size' in step ? step.size : 'data' in step ? step.data?.length : ''}`).join(', ')}\n--- ours\n${ours.join('\n')}\n--- node\n${theirs.join('\n')}`);
  }));
  return found;
}

const mixes: Record<string, [steps: readonly Step[], length: number, before?: readonly Step[]]> = {
  'received and read': [[...SIZES, ...READS, plain('receiveEnd'), plain('turn')], LONG],
  'told of by readable': [[...SIZES, ...READS, plain('receiveEnd'), plain('turn'), plain('unreadable')], LONG, [plain('readable'), plain('turn')]],
  'flowing': [[...SIZES, plain('flow'), plain('pause'), plain('resume'), plain('unflow'), plain('receiveEnd'), plain('turn')], LONG],
  'paused while it flows': [[...SIZES, ...READS, plain('pause'), plain('resume'), plain('receiveEnd'), plain('turn')], LONG, [plain('flow'), plain('turn')]],
  'put back': [[received(3), { op: 'unshift', data: Uint8Array.of(1, 2) }, read(2), plain('flow'), plain('receiveEnd'), plain('turn')], LONG],
  'destroyed': [[...SIZES, read(2), plain('flow'), plain('readable'), plain('receiveEnd'), { op: 'destroy', error: true }, plain('turn')], LONG],
  'written': [WRITES, LONG],
  'written while one is pending': [WRITES, LONG, [plain('pending'), written(3)]],
  'piped': [[received(3), received(8), ...['pipe', 'unpipe', 'drainPipe', 'receiveEnd', 'pause', 'resume', 'turn'].map(plain)], 3, [plain('pipe')]],
  'with an encoding': [[received(3), { op: 'setEncoding', encoding: 'hex' }, read(2), plain('flow'), plain('receiveEnd'), plain('turn')], LONG],
};

// In Node 26 `pause` and `resume` of a destroyed stream do nothing, and pipes resume later: this package follows the others.
const OF_OTHERS = major >= 26 ? ['destroyed', 'piped'] : [];

for (const [title, [steps, length, before]] of Object.entries(mixes)) {
  it.skipIf(OF_OTHERS.includes(title))(`${title}: every order of ${length} steps out of ${steps.length}`, async () => {
    const found = await different(steps, length, before);
    expect(found.length === 0 ? '' : `${found.length} differ, such as\n${found[0]}`).toBe('');
  });
}
