import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

it('threads can be terminated while their sockets are busy', async () => {
  const file = fileURLToPath(new URL('../fixtures/busy-thread.mjs', import.meta.url));
  const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
  const before = sockets();
  // Without the options of this process, among which is that packages are their sources.
  for (let i = 0; i < 5; i++) {
    const worker = new Worker(file, { execArgv: [] });
    expect(await once(worker, 'message')).toEqual(['busy']);
    expect(await worker.terminate()).toBe(1);
  }
  expect(sockets()).toBe(before);
});
