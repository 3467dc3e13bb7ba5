import { expect, it } from 'vitest';
import { cases } from '../src/cases.mjs';
import { measure } from '../src/measure/measure.mjs';
import { settings, sides } from './settings.js';

it.each(Object.keys(cases))('measures %s on both sides', async (name) => {
  for (const side of sides) {
    const figures = Object.values(await measure(side, name, settings));
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) expect(figure > 0 && figure < Infinity, `${side.name} ${figure}`).toBe(true);
  }
});
