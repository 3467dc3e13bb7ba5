import { afterAll, describe, expect, it } from 'vitest';
import { compliance } from '../src/compliance/index.js';
import type { Listener, PathEndpoint } from '../src/index.js';
import { FAULTS, type Fault } from './support/faults.js';
import { FaultyTransport } from './support/faulty-transport.js';
import { numberOf, recordingRunner } from './support/recording-runner.js';

let names = 0;

function testsOf(fault: Fault, timeoutMs: number) {
  const runner = recordingRunner();
  const listenEndpoint = () => ({ path: `faulty-${++names}` });
  const nameEndpoint = ({ local }: Listener) => ({ host: (local as PathEndpoint).path, port: 1 });
  compliance(runner, { transport: new FaultyTransport(fault), listenEndpoint, nameEndpoint, timeoutMs, largeBytes: 1 << 20, writeLimit: 1 << 22 });
  return runner.tests;
}

/**
 * A failure is one line, which begins with the rule. It says what was expected and received once, and what comes many times in a row with
 * its count.
 */
function expectReadable(message: string): void {
  expect(message).toMatch(/^ComplianceFailure: [CSTLE]\d+: \S.*$/);
  expect(message.length, message).toBeLessThan(300);
  expect(message).not.toMatch(/(\b\w+\b)(\W+\1\b){2}/);
  const counts = [/\bexpected\b/g, /\breceived\b/g].map((word) => message.match(word)?.length ?? 0);
  expect([[0, 0], [1, 1]], message).toContainEqual(counts);
  // Where there is more than one, it says which.
  if (/\bexpected (?!an end)|\bon[A-Z]\w+/.test(message)) expect(message).toMatch(/\b(dialling|accepted|opened|adopting) end\b|\blistener\b|: all ends: |: (E\d|T\d+):/);
}

describe('the suite passes a transport without a fault', () => {
  for (const { title, body } of testsOf('none', 60_000)) it(title, body);
});

describe('the suite fails a transport', () => {
  const noticed = new Set<string>();

  for (const [fault, rule] of Object.entries(FAULTS) as [Exclude<Fault, 'none'>, string][]) {
    it(`that ${fault}: ${rule} notices`, async () => {
      const messages: string[] = [];
      for (const { title, body } of testsOf(fault, 250).filter(({ title }) => numberOf(title) === rule)) {
        await body().catch((error: unknown) => messages.push(`${title}\n  ${String(error)}`));
      }
      expect(messages, `no test of ${rule} failed`).not.toHaveLength(0);
      for (const message of messages) expectReadable(message.slice(message.indexOf('\n  ') + 3));
      noticed.add(rule);
    });
  }

  afterAll(() => {
    const all = new Set(testsOf('none', 1).map(({ title }) => numberOf(title)));
    expect([...all].filter((rule) => !noticed.has(rule)), 'rules that no fault was found by').toEqual([]);
  });
});
