import { expect, it } from 'vitest';
import { listOf, problems, write } from '../table/document.js';
import { rowsOf, type KnownFailure } from '../table/rows.js';

const failure: KnownFailure = { where: 'Windows', suite: 'conformance', test: 'two > over ipc', reason: 'wine' };
const passed = (name: string) => ({ name, status: 'passed' as const });
const results = [
  passed('Node 20: conformance > one over tcp4'),
  passed('Node 20: conformance > two over tcp4, as recorded'),
  passed('Node 20: conformance > three over tcp4, known to differ'),
  passed('Node 20: conformance > one over tcp4, the builtin'),
  passed('Node 20, host driver: conformance > one over tcp4'),
  passed('Node 20: handles > something over tcp4'),
  { name: 'Windows: conformance > two > over ipc', status: 'skipped' as const },
];
const list = listOf([{ scenario: 'three', reason: 'a reason' }], [failure]);

it('counts what was compared, by place, driver and transport', () => {
  expect(rowsOf(results, [failure])).toEqual([
    { where: 'Node 20', driver: 'libuv', medium: 'tcp4', scenarios: 3, recorded: 1, known: 1, failed: 0 },
    { where: 'Node 20', driver: 'host', medium: 'tcp4', scenarios: 1, recorded: 0, known: 0, failed: 0 },
    { where: 'Windows', driver: 'libuv', medium: 'ipc', scenarios: 1, recorded: 0, known: 1, failed: 0 },
  ]);
});

it('finds nothing wrong with what was written, and keeps what has not run', () => {
  const rows = rowsOf(results, [failure]);
  const text = write(write('', rows, list), rows.slice(0, 1), list);
  expect(text).toContain('| Node 20 | libuv | TCP, IPv4 | 3 | 2 | 1 | 1 |\n| Node 20 | host |');
  expect(problems(text, rows, list)).toEqual([]);
});

it('finds counts and lists that are out of date, but leaves rows alone that failed', () => {
  const rows = rowsOf(results, [failure]);
  const text = write('', rows, list);
  const more = rowsOf([...results, passed('Node 20: conformance > four over tcp4')], [failure]);
  expect(problems(text, more, list)).toHaveLength(1);
  expect(problems(text, more.map((row) => ({ ...row, failed: 1 })), list)).toEqual([]);
  expect(problems(text, rows, listOf([], []))).toHaveLength(1);
  expect(problems('', rows, list)).toHaveLength(4);
});
