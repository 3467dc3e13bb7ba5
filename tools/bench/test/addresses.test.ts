import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatBytes } from '@netstrata/ip-utils/address';
import { cidrContains } from '@netstrata/ip-utils/cidr';
import { describe, expect, it } from 'vitest';
import { cases } from '../src/addresses/cases.mjs';
import { addresses, COUNT, networks, questions, textOf } from '../src/addresses/inputs.mjs';
import { measure } from '../src/addresses/run.mjs';
import { table, timesOurs } from '../src/addresses/table.mjs';
import { source } from '../src/paths.mjs';

const settings = { command: [process.execPath, '--expose-gc'], warm: 0.001, seconds: 0.001, cores: null };
/** Those of a million networks take too long for a test; their sides are those of the smaller tables. */
const small = Object.keys(cases).filter((name) => cases[name].networks === undefined);
/** With NETSTRATA_QUICK=1, as `npm test` has it, some of them. */
const names = small.filter((_, i) => process.env.NETSTRATA_QUICK !== '1' || i % 3 === 0);

describe('the sides of a case give the same answers', () => {
  it.each(names)('%s', async (name) => {
    const checks = new Map<string, number>();
    for (const side of Object.keys(cases[name].sides)) {
      const { check, nanoseconds } = await measure(name, side, settings);
      expect(nanoseconds, side).toBeGreaterThan(0);
      checks.set(side, check);
    }
    expect(checks.size).toBeGreaterThan(1);
    expect(new Set(checks.values()).size, JSON.stringify([...checks])).toBe(1);
  });
});

describe('addresses and networks', () => {
  it.each([4, 6] as const)('of version %i are what they seem', (version) => {
    const all = networks(version, 300);
    expect(new Set(all.map(({ text }) => text)).size).toBe(300);
    for (const { bytes, text } of all) expect(cidrContains(text, bytes)).toBe(true);
    for (const bytes of addresses(version, 300)) expect(textOf(bytes)).toBe(formatBytes(bytes));
    const asked = questions(all);
    expect(asked).toHaveLength(COUNT);
    const held = asked.filter((bytes) => all.some(({ text }) => cidrContains(text, bytes)));
    expect(held.length).toBeGreaterThanOrEqual(COUNT / 2);
    expect(held.length).toBeLessThan(COUNT);
  });

  it('are the same each time', () => {
    expect(networks(6, 50)).toEqual(networks(6, 50));
  });
});

describe('a table', () => {
  const result = (...nanoseconds: number[]) => ({ rounds: nanoseconds.map((one) => ({ check: 1, nanoseconds: one, bytes: 40 })), failed: null });

  it('says how many times faster ours is', () => {
    expect(timesOurs(result(10, 20, 30), result(40, 40, 90))).toEqual({ value: 2, low: 2, high: 4 });
    const shown = table({ 'million-4': { netstrata: result(10), 'trie of objects': result(45), other: { rounds: [], failed: 'for a reason' } } });
    expect(shown).toMatch(/netstrata.*10 ns.*40 B/);
    expect(shown).toMatch(/trie of objects.*45 ns.*4\.50/);
    expect(shown).toMatch(/other.*failed/);
  });

  it('is printed, and the figures are written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netstrata-bench-test-'));
    try {
      const { status, stdout, stderr } = spawnSync(process.execPath, [source('addresses/cli.mjs'), 'client', '--rounds', '2', '--seconds', '0.01', '--out', folder], { encoding: 'utf8' });
      expect(stderr).toContain('client, round 2 of 2, proxy-addr');
      expect(stdout).toContain('X-Forwarded-For');
      expect(status).toBe(0);
      const report = JSON.parse(readFileSync(join(folder, 'addresses.json'), 'utf8')) as { cases: { client: { netstrata: { rounds: unknown[] } } } };
      expect(report.cases.client.netstrata.rounds).toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([[['nosuch'], /'nosuch' is invalid.*parse-4/], [['--rounds', '0'], /a number above 0, please/], [['--runtime', '/no/such/node'], /ENOENT/]])('%j is refused', (args, message) => {
    const { status, stderr } = spawnSync(process.execPath, [source('addresses/cli.mjs'), ...args], { encoding: 'utf8' });
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });
});
