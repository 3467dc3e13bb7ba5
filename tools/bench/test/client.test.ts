import { expect, it } from 'vitest';
import { javascriptGenerator } from '../src/measure/generator.mjs';
import { measure } from '../src/measure/measure.mjs';
import { settings, sides } from './settings.js';

const generator = javascriptGenerator('a test');

it.each(['echo-64', 'bulk-in', 'idle'])('the client in JavaScript takes the place of load.c in %s', async (name) => {
  const { userMicros = 0, ...others } = await measure(sides[1], name, { ...settings, connections: 1000, generator });
  const figures = [...Object.values(others), userMicros + 1];
  for (const figure of figures) expect(figure > 0 && figure < Infinity).toBe(true);
});

it('meets UNIX sockets too', async () => {
  const { perSecond } = await measure(sides[1], 'proxy-16k', { ...settings, medium: 'ipc', generator });
  expect(perSecond).toBeGreaterThan(0);
});
