import { expect, it } from 'vitest';
import { cases } from '../src/cases.mjs';
import { measure } from '../src/measure/measure.mjs';
import { settings, sides } from './settings.js';

/** With NETSTRATA_QUICK=1, as `npm test` has it, one of each kind. */
const names = Object.keys(cases).filter((name, index) => process.env.NETSTRATA_QUICK !== '1' || index % 4 === 0);

it.each(names)('measures %s on both sides', async (name) => {
  for (const side of sides) {
    const { userMicros, ...others } = await measure(side, name, settings);
    const figures = Object.values(others);
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) expect(figure > 0 && figure < Infinity, `${side.name} ${figure}`).toBe(true);
    // For a moment the system may count all of it as the kernel's.
    expect(userMicros ?? 0).toBeGreaterThanOrEqual(0);
  }
});
