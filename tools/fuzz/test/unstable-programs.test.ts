import { expect, it } from 'vitest';
import { fuzz, tooUnstable } from '../src/fuzz.js';

/** Every so many programs are unstable, and nothing is ever different. */
function outcomeOf(programs: number, every: number): ReturnType<typeof fuzz> {
  let count = 0;
  return fuzz({ seed: 1, programs, judge: () => Promise.resolve({ kind: ++count % every === 0 ? 'unstable' : 'same' }) });
}

it('a run in which too many programs are unstable is a failure, and says so', async () => {
  const outcome = await outcomeOf(400, 5);
  expect(outcome).toMatchObject({ programs: 400, unstable: 80, failures: [] });
  expect(tooUnstable(outcome)).toMatch(/^80 unstable \(20\.0 %\) of 400 programs, and no more than 15 % may be/);
});

it('a few that are unstable are none, nor are those of a short run', async () => {
  expect(tooUnstable(await outcomeOf(400, 20))).toBeNull();
  expect(tooUnstable(await outcomeOf(4, 1))).toBeNull();
});
