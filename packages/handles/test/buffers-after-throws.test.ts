import { expect, it } from 'vitest';
import { run } from './support/run.js';

it('a read buffer changes also when a tick behind the read throws', async () => {
  expect(await run('buffers-after-throws', ['tick'])).toBe('a b c d');
});

it('bytes that a sink was lent when a listener threw are not read over', async () => {
  expect(await run('buffers-after-throws', ['sink'])).toBe('a b c d');
});
