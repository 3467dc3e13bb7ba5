import type { Result } from '@netstrata/report';
import { describe, expect, it } from 'vitest';
import { applyKnown, knownOf, type Known } from '../src/known.js';

const known: Known = { where: 'Windows', suite: 'tcp', test: 'C1: a test', reason: 'a reason' };
const result = (status: Result['status'], name = 'outer > C1: a test'): Result => ({ name, status });
const statuses = (one: Known, ...results: Result[]) => applyKnown([one], results).map(({ status, detail }) => `${status}${detail ? `: ${detail}` : ''}`);

describe('a known failure', () => {
  it('is skipped with its reason', () => {
    expect(statuses(known, result('failed'))).toEqual(['skipped: a reason']);
  });

  it('that passes is a failure, for the list is out of date', () => {
    expect(statuses(known, result('passed'))).toEqual(['failed: known.json says it fails, and it passed: a reason']);
    expect(statuses({ ...known, unsteady: true }, result('passed'))).toEqual(['passed']);
  });

  it('that is no test is a failure', () => {
    expect(statuses(known, result('passed', 'another'))).toEqual(['passed', 'failed: known.json has it, and there is no such test']);
  });

  it('is of one place, suite and driver', () => {
    const of = (label: string, suite: string, driver: 'default' | 'host') => knownOf([{ ...known, driver: 'host' }], { label, suite, driver }).length;
    expect(of('Windows', 'tcp', 'host')).toBe(1);
    expect([of('Node 24', 'tcp', 'host'), of('Windows', 'ipc', 'host'), of('Windows', 'tcp', 'default')]).toEqual([0, 0, 0]);
  });
});
