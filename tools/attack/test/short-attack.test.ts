import { afterAll, expect, it } from 'vitest';
import { attack } from '../src/attack.js';
import { grounds } from '../src/grounds.js';

const { all, remove } = grounds();
afterAll(remove);

it.each(Object.keys(all))('whatever is done to received and written memory, every byte over %s is right', async (name) => {
  const { wrong, chunks, transferred } = await attack(all[name], 1, (count) => count > 4000);
  expect(wrong).toEqual([]);
  expect(chunks).toBeGreaterThan(4000);
  expect(transferred).toBeGreaterThan(1000);
});
