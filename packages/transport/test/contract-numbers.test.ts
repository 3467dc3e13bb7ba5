import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { channelCompliance, compliance } from '../src/compliance/index.js';
import { FaultyTransport } from './support/faulty-transport.js';
import { numberOf, recordingRunner } from './support/recording-runner.js';

const contract = readFileSync(new URL('../../../docs/how-it-works/contract.md', import.meta.url), 'utf8');
const inContract = [...contract.matchAll(/^- \*\*([A-Z]\d+) /gm)].map((match) => match[1]);

/** The numbers of the tests for a transport that has every capability, or none of those that are optional. */
function inSuite(every: boolean): Set<string> {
  const runner = recordingRunner();
  const transport = new FaultyTransport('none');
  const flags = { halfClose: every, reset: every, bind: every, adopt: every, open: every, names: every };
  const listenEndpoint = () => ({ path: 'never' });
  compliance(runner, { transport: Object.assign(transport, { capabilities: { ...transport.capabilities, ...flags } }), listenEndpoint });
  return new Set(runner.tests.map(({ title }) => numberOf(title)));
}

it('every number of docs/how-it-works/contract.md has a test, and every test a number', () => {
  expect([...inSuite(true)].sort()).toEqual([...inContract].sort());
});

it('numbers are given once and without gaps', () => {
  expect(new Set(inContract).size).toBe(inContract.length);
  for (const letter of ['C', 'S', 'T', 'L', 'E']) {
    const numbers = inContract.filter((number) => number.startsWith(letter)).map((number) => Number(number.slice(1)));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
});

it('what is optional is tested on the other branch too', () => {
  const without = inSuite(false);
  for (const rule of ['C11', 'S5', 'T6', 'T7']) expect(without).toContain(rule);
});

it('the channel suite has the rules of channels and sinks, and no other', () => {
  const runner = recordingRunner();
  channelCompliance(runner, { name: 'pairs', capabilities: { halfClose: true, reset: true }, pair: () => Promise.reject(new Error('never')) });
  const numbers = new Set(runner.tests.map(({ title }) => numberOf(title)));
  expect([...numbers].sort()).toEqual(inContract.filter((rule) => /^[CS]|E1|E4/.test(rule)).sort());
});
