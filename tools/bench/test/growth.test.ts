import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { chart } from '../src/growth/chart.mjs';
import { curves } from '../src/growth/curves.mjs';
import { merged, slope, valuesOf, type Run } from '../src/growth/report.mjs';
import { measure, pointsOf, sizesOf } from '../src/growth/run.mjs';
import { table } from '../src/growth/table.mjs';
import { source } from '../src/paths.mjs';
import { settings, sides } from './settings.js';

const side = (...checks: number[]) => ({ rounds: checks.map((check) => ({ check, add: 2, addAndCheck: 3, resident: 4 })), failed: null });

const run = (runtime: string, theirs: number): Run => ({
  date: '2024-02-03T04:05:06.000Z', runtime, rounds: 3,
  machine: { cpu: 'Some <CPU> & more', cores: 2, platform: 'linux', arch: 'x64' },
  curves: {
    blocked: [1, 100, 10_000].map((size) => ({ size, sides: { 'node:net': side(theirs * size), netstrata: side(0.5, 0.25, 1) } })),
  },
});

const report = merged(merged(null, run('v20.1.0', 1)), run('v26.1.0', 2));

describe('how a figure grows', () => {
  it.each([
    ['flat', [3, 3, 3], 0],
    ['in proportion', [1, 10, 1000], 1],
    ['by its square', [1, 100, 1_000_000], 2],
    ['less and less', [1000, 100, 1], -1],
  ])('%s', (_name, values, growth) => {
    expect(slope([1, 10, 1000].map((size, i) => ({ size, value: values[i] })))).toBeCloseTo(growth);
  });

  it('cannot be told from a single size, nor from what is not above 0', () => {
    expect(slope([{ size: 1, value: 1 }])).toBeNull();
    expect(slope([{ size: 1, value: 0 }, { size: 10, value: -1 }, { size: 100, value: 1 }])).toBeNull();
  });
});

it('takes the middle of the rounds, and leaves out sizes that are too small to tell', () => {
  const ours = valuesOf(report, 'blocked', 'check').filter((value) => value.side === 'netstrata');
  expect(ours.map(({ node, size, value, low, high }) => [node, size, value, low, high])).toEqual(
    ['v20.1.0', 'v26.1.0'].flatMap((node) => [1, 100, 10_000].map((size) => [node, size, 0.5, 0.25, 1])),
  );
  expect([...new Set(valuesOf(report, 'blocked', 'resident').map(({ size }) => size))]).toEqual([10_000]);
});

it('puts a run in the place of the last one of that major, and leaves the others and its other curves', () => {
  const again = merged(report, { ...run('v26.2.0', 1), curves: { names: [] } });
  expect(Object.values(again.runs).map(({ runtime, curves: measured }) => [runtime, ...Object.keys(measured)])).toEqual([
    ['v20.1.0', 'blocked'],
    ['v26.2.0', 'blocked', 'names'],
  ]);
});

it('shows a line for each side, with its growth', () => {
  const text = table(report, 'blocked', 'v26.1.0');
  expect(text).toMatch(/one check, µs .*node:net .* 2 .* 200 .* 20,000 .* 1\.00/);
  expect(text).toMatch(/netstrata .* 0\.5 .* 0\.5 .* 0\.5 .* 0\.00/);
});

it.each(Object.keys(curves))('draws %s as valid XML, also where there is nothing', async (name) => {
  const only = { ...run('v20.1.0', 1), curves: { [name]: report.runs[20].curves[name] ?? [] } };
  const svg = await chart({ runs: { 20: only } }, name);
  expect(XMLValidator.validate(svg)).toBe(true);
  const titles = Object.values(curves[name].figures).map(({ title }) => title);
  for (const text of [curves[name].title, 'v20.1.0', '2024-02-03', 'Some &lt;CPU&gt; &amp; more', ...titles]) expect(svg).toContain(text);
});

it.each(Object.keys(curves))('measures %s on both sides', async (name) => {
  for (const one of sides) {
    const figures = await measure(one, name, 20, settings.cores, 0.02);
    expect(Object.keys(figures).sort()).toEqual(Object.keys(curves[name].figures).sort());
    for (const [figure, { unit }] of Object.entries(curves[name].figures)) {
      expect(Number.isFinite(figures[figure]), `${one.name} ${figure}`).toBe(true);
      if (unit === 'µs') expect(figures[figure], `${one.name} ${figure}`).toBeGreaterThanOrEqual(0);
    }
  }
});

it('goes on with the other side where one fails, and says why', async () => {
  const failing = { ...sides[1], command: [process.execPath, '--no-such-flag'] };
  const [{ sides: results }] = await pointsOf([sides[0], failing], 'blocked', [10], 2, settings.cores, () => {});
  expect(results[sides[0].name]).toMatchObject({ rounds: [{}, {}], failed: null });
  expect(results[failing.name].rounds).toEqual([]);
  expect(results[failing.name].failed).toContain('no-such-flag');
});

it('measures no size above the most', () => {
  expect(sizesOf('names', 99)).toEqual([1, 10]);
});

it('prints tables, and writes the figures and the charts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-growth-test-'));
  try {
    const args = [source('growth/cli.mjs'), 'blocked', '--rounds', '1', '--most', '100', '--out', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toContain('blocked 100, round 1 of 1, netstrata');
    expect(stdout).toContain('addSubnet, each of all');
    expect(status).toBe(0);
    const { runs } = JSON.parse(readFileSync(join(folder, 'growth.json'), 'utf8')) as { runs: Record<string, Run> };
    const [{ curves: measured }] = Object.values(runs);
    expect(measured.blocked.map(({ size }) => size)).toEqual([1, 100]);
    expect(readFileSync(join(folder, 'growth-blocked.svg'), 'utf8')).toContain('addSubnet');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
