import { getSystemErrorMap } from 'node:util';
import { expect, it } from 'vitest';
import { describeErrno } from '../src/index.js';

// Node's dns has a name of its own for one of these.
const system = [...getSystemErrorMap()].filter(([, [code]]) => code !== 'EAI_NONAME');
const own = system.map(([errno]) => describeErrno(errno, undefined)).filter(({ code }) => !code.startsWith('Unknown'));

// The table has Linux's numbers, so only there the system can confirm them.
it.runIf(process.platform === 'linux')('the table agrees with the system in number, code and text', () => {
  expect(own.length).toBeGreaterThan(35);
  for (const { errno, code, text } of own) expect(system).toContainEqual([errno, [code, text]]);
});

it('a code finds its number, in the map of the system before the table', () => {
  const windows = new Map([[-4078, ['ECONNREFUSED', 'connection refused'] as const]]);
  expect(describeErrno(undefined, 'ECONNREFUSED', windows).errno).toBe(-4078);
  expect(describeErrno(undefined, 'EPIPE', windows).errno).toBe(-32);
  expect(describeErrno(-4078, undefined, windows).code).toBe('ECONNREFUSED');
});

it('a number and a code that are both given stay', () => {
  expect(describeErrno(-4091, 'EADDRINUSE')).toEqual({ errno: -4091, code: 'EADDRINUSE', text: 'address already in use' });
});

it('a code that nobody knows stays, with the number of UNKNOWN', () => {
  expect(describeErrno(undefined, 'ENEVER')).toEqual({ errno: -4094, code: 'ENEVER', text: 'unknown error' });
});
