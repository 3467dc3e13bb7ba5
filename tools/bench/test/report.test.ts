import { XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { chart } from '../src/report/chart.mjs';
import { median } from '../src/report/median.mjs';
import { caseReport, type Report } from '../src/report/report.mjs';
import { table } from '../src/report/table.mjs';

const busy = (perSecond: number) => ({ perSecond, userMicros: 1e5 / perSecond, cpuMicros: 1e6 / perSecond });
const idling = (perSecond: number, cpuMicros: number) => ({ perSecond, userMicros: 250, cpuMicros });
const result = (...rounds: object[]) => ({ rounds, failed: null });

const echo = caseReport('echo-64', { 'node:net': result(busy(100), busy(300), busy(200)), netstrata: result(busy(400)), Bun: result(idling(200, 2500)) }, 'node:net');
const memory = caseReport('idle', { 'node:net': result({ bytes: 3000 }), netstrata: result({ bytes: 1000 }) }, 'node:net');
const start = caseReport('import', { 'node:net': result({ ms: 1 }), netstrata: result({ ms: 3.5 }) }, 'node:net');
const failing = caseReport('churn', { 'node:net': result(busy(100)), netstrata: { rounds: [], failed: 'it <broke> & fell' } }, 'node:net');

const report: Report = {
  date: '2024-02-03T04:05:06.000Z',
  program: 'Deno',
  runtime: 'v1.2.3',
  implementations: { 'node:net': 'v1.2.3', netstrata: 'v1.2.3', Bun: '4.5.6' },
  machine: { cpu: 'Some <CPU> & more', cores: 2, platform: 'linux', arch: 'x64' },
  settings: { medium: 'tcp', rounds: 3, scale: 1, seconds: 1, load: 'C', pinned: true },
  notes: [],
  cases: [echo, memory, start, failing],
};

it('takes the middle of the rounds', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

it('compares CPU time, all of it and that of the program, and throughput', () => {
  expect(echo.sides.netstrata.ratio).toMatchObject({ basis: 'cpu', value: 2 });
  expect(echo.sides.Bun.ratio).toMatchObject({ basis: 'cpu', value: 2, all: { cpu: { value: 2 }, user: { value: 2 }, throughput: { value: 1 } } });
  expect(echo.sides['node:net'].ratio).toBeNull();
});

it('says how far the rounds are apart', () => {
  const { sides } = caseReport('echo-64', { 'node:net': result(busy(100), busy(50), busy(200)), netstrata: result(busy(100), busy(100), busy(600)) }, 'node:net');
  expect(sides.netstrata.ratio?.all.throughput).toEqual({ value: 1, low: 1, high: 3 });
  expect(table([{ ...echo, sides }], 'node:net')).toContain('1.00..3.00');
});

it('has more than 1 where less memory is held', () => {
  expect(memory.sides.netstrata.ratio).toMatchObject({ basis: 'memory', value: 3 });
});

it('draws valid XML with the titles of the cases, the versions and the date', async () => {
  const svg = await chart(report);
  expect(XMLValidator.validate(svg)).toBe(true);
  for (const text of [echo.title, memory.title, 'Deno v1.2.3', 'Bun 4.5.6', '2024-02-03', 'Some &lt;CPU&gt; &amp; more']) expect(svg).toContain(text);
});

it('draws no bar for start-up and for what failed', async () => {
  const svg = await chart({ ...report, cases: [start, failing] });
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).not.toContain(failing.title);
});

it('shows CPU time with and without the kernel, start-up as a difference, and what failed', () => {
  const text = table(report.cases, 'node:net');
  expect(text).toMatch(/2,500 µs.*250 µs/);
  expect(text).toContain('+2.5 ms');
  expect(text).toContain('failed');
});
