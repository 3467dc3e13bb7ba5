import { expect, it } from 'vitest';
import { fuzz, showFailure, tooUnstable } from '../src/fuzz.js';

/** The same programs in every run. */
const PROGRAMS = Number(process.env['FUZZ_PROGRAMS'] ?? 400);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** It reads ahead: see the README. */
const isHost = process.env['NETSTRATA_DRIVER'] === 'host';

it.skipIf(isHost)(`${PROGRAMS} random programs are observed to do on net-compat what they do on node:net`, async () => {
  const outcome = await fuzz({ seed: SEED, programs: PROGRAMS });
  expect(outcome.failures.map(showFailure).join('\n')).toBe('');
  expect(outcome.programs).toBe(PROGRAMS);
  expect(tooUnstable(outcome)).toBeNull();
});
