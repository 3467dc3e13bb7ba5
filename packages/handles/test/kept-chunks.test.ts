import { expect, it } from 'vitest';
import { run } from './support/run.js';

const memory = async (what: string): Promise<number> => Number.parseFloat(await run('kept-chunks', [what], { NETSTRATA_DRIVER: process.env['NETSTRATA_DRIVER'] }, ['--expose-gc']));

it('chunks that are all kept hold little more memory than they have bytes', async () => {
  expect(await memory('all')).toBeLessThan(2);
});

it('small chunks that are kept do not keep the memory of large ones that came between', async () => {
  expect(await memory('small')).toBeLessThan(2);
});

it('a connection that was busy gives its memory back', async () => {
  expect(await memory('none')).toBeLessThan(1000);
});
