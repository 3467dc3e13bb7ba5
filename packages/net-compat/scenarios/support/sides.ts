import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as nodeNet from 'node:net';
import { join } from 'node:path';
import type { Net } from './stage.js';

/** Which net this process runs; `none` stands for the null nets. They have a process each, so that nothing of one can be seen by the other. */
export type Side = 'builtin' | 'compat' | 'none';

function fromEnvironment(name: 'CONFORMANCE_SIDE' | 'CONFORMANCE_RECORDS'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: the scenarios are run by vitest.config.ts, or by tools/runtimes`);
  return value;
}

export const side = fromEnvironment('CONFORMANCE_SIDE') as Side;

/** Net-compat over a network in memory: what holds for sockets holds there too, as far as the system has no part in it. */
export const inMemory = process.env['CONFORMANCE_NETWORK'] === 'memory';

/** Only its own process loads net-compat. */
const loaded: unknown = side === 'compat' ? await loadCompat() : nodeNet;
export const net = loaded as Net;

if (side === 'compat' && net.Socket === nodeNet.Socket) throw new Error('The builtin would be compared with itself');

export const builtin: Net = nodeNet;

async function loadCompat(): Promise<unknown> {
  const compat = await import('@netstrata/net-compat');
  if (!inMemory) return compat;
  const { createNetwork } = await import('@netstrata/transport-memory');
  const { tcp, ipc } = createNetwork().host('localhost');
  return { ...compat, ...compat.createNet({ tcp, ipc }) };
}

/**
 * How often a scenario is tried where its runs are not all alike: under wine, where the order of things that two threads tell of
 * is not that of Windows. When the first runs differ, both sides run again, in turn: one run of net-compat must be as one of the builtin.
 */
export const RUNS = process.platform === 'win32' ? 5 : 1;

/** What the process of the builtin saw: a line of JSON for each run. */
const file = join(fromEnvironment('CONFORMANCE_RECORDS'), 'builtin.jsonl');

export function leaveForCompat(key: string, observed: string): void {
  appendFileSync(file, `${JSON.stringify([key, observed])}\n`);
}

let left: Map<string, string> | undefined;

export function leftByBuiltin(key: string): string {
  left ??= readAll();
  const observed = left.get(key);
  if (observed === undefined) throw new Error(`The process of the builtin left nothing of "${key}"`);
  return observed;
}

function readAll(): Map<string, string> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const all = new Map<string, string>();
  for (const line of lines) {
    const [key, observed] = JSON.parse(line) as [string, string];
    if (all.has(key)) throw new Error(`Two scenarios are called "${key}"`);
    all.set(key, observed);
  }
  return all;
}
