import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Child } from '../support/child.js';

let child: Child | undefined;
afterEach(() => child?.stop());

for (const state of ['unreferenced', 'unreferenced later']) {
  it(`a process with nothing but a server that is ${state} ends`, async () => {
    child = new Child('server-process', [state]);
    const exit = once(child.process, 'exit');
    expect(await child.message()).toBe('listening');
    expect(await exit).toEqual([0, null]);
  });
}

it('a process with a server that is referenced again lives', async () => {
  child = new Child('server-process', ['referenced again']);
  expect(await child.message()).toBe('listening');
  // An unreferenced one is gone by the time that another process has come and gone.
  const other = new Child('server-process', ['unreferenced']);
  await once(other.process, 'exit');
  expect(child.process.exitCode).toBeNull();
});

it.runIf(process.getuid?.() === 0)('ports and folders that are forbidden give EACCES, as with node:net', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-'));
  child = new Child('server-process', ['forbidden', join(folder, 'x.sock')]);
  const pairs = await child.message<{ code: string }[][]>();
  rmSync(folder, { recursive: true });
  expect(pairs).toHaveLength(3);
  for (const [builtin, ours] of pairs) expect(ours).toEqual(builtin);
  expect(pairs[2][0]).toMatchObject({ code: 'EACCES' });
});

it.skipIf(process.env['NETSTRATA_DRIVER'] === 'host')('tools that ask for open handles are shown the server', async () => {
  child = new Child('server-process', ['handles']);
  expect(await child.message()).toEqual([true, false]);
});
