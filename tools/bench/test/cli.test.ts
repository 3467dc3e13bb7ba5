import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { source } from '../src/paths.mjs';

const run = (...args: string[]) => spawnSync(process.execPath, [source(args[0]), ...args.slice(1)], { encoding: 'utf8' });

it.each([
  [['cli.mjs', 'nosuch'], /'nosuch' is invalid.*echo-64/],
  [['cli.mjs', '--medium', 'pigeon'], /Allowed choices are tcp, ipc/],
  [['cli.mjs', '--rounds', '1.5'], /a whole number, please/],
  [['cli.mjs', '--scale', '0'], /a number above 0, please/],
  [['cli.mjs', '--seconds', '0'], /a number above 0, please/],
  [['cli.mjs', '--runtime', '/no/such/node', '--only-node'], /ENOENT/],
  [['compare.mjs'], /missing required argument 'base'/],
  [['compare.mjs', 'no-such-revision'], /no revision no-such-revision/],
  [['compare.mjs', 'HEAD', '--fail-below', 'x'], /a number above 0, please/],
  [['growth/cli.mjs', 'nosuch'], /'nosuch' is invalid.*connections/],
  [['growth/cli.mjs', '--most', '0'], /a number above 0, please/],
])('%j is refused', (args, message) => {
  const { status, stderr } = run(...args);
  expect(stderr).toMatch(message);
  expect(status).toBe(1);
});

it('prints a table and writes the figures and the chart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-bench-test-'));
  try {
    const { status, stdout, stderr } = run('cli.mjs', 'is-ip', '--only-node', '--rounds', '2', '--seconds', '0.02', '--out', join(folder, 'new'));
    expect(stderr).toContain('is-ip, round 2 of 2, netstrata');
    expect(stdout).toContain('isIP');
    expect(status).toBe(0);
    const { cases, settings } = JSON.parse(readFileSync(join(folder, 'new/bench.json'), 'utf8'));
    expect(settings).toMatchObject({ rounds: 2, medium: 'tcp' });
    expect(cases[0].sides.netstrata.rounds).toHaveLength(2);
    expect(cases[0].sides.netstrata.ratio.value).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'new/bench.svg'), 'utf8')).toContain('isIP');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
