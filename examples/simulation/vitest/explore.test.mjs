import { simulate } from '@netstrata/simulation';
import { expect, it } from 'vitest';
import { exploration } from '../src/explored.mjs';

it('finds the fault by which an amount is paid in twice', async () => {
  const error = await exploration().catch((thrown) => thrown);
  expect(error.message).toContain('the balance is 20');
  const { seed, faults } = error.simulation; // what `simulate` needs to make that world again
  expect(faults.length).toBeLessThan(simulate({ seed, faults: { most: 10 } }).faults.length); // more were drawn
});
