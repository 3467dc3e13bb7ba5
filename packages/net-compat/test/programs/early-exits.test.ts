import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../fixtures/early-exits.mjs', import.meta.url));

/** Stage and ending; resources that came or went; how many listeners the signal still has; 'in memory' when the object is. */
type Row = readonly [name: string, resources: string, listeners: number, object: string];

// It needs addresses of loopback that only Linux has without being told.
it.runIf(process.platform === 'linux')('nothing is left of a socket or a server, at whatever stage and in whatever way it ends', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, '@netstrata/net-compat']);
  const [left, count] = stdout.split('\n');
  expect(JSON.parse(left) as Row[]).toEqual([]);
  expect(Number(count)).toBe(107);
}, 60_000);
