import * as ip from '@netstrata/ip-utils';
import * as address from '@netstrata/ip-utils/address';
import * as blockList from '@netstrata/ip-utils/block-list';
import * as cidr from '@netstrata/ip-utils/cidr';
import * as classify from '@netstrata/ip-utils/classify';
import * as clientAddress from '@netstrata/ip-utils/client-address';
import * as policy from '@netstrata/ip-utils/policy';
import * as prefixMap from '@netstrata/ip-utils/prefix-map';
import type { Task } from '../protocol.js';
import { say, shown, speakTo } from './say.js';

// Lines are typed without imports.
Object.assign(globalThis, ip, address, blockList, cidr, classify, clientAddress, policy, prefixMap);

/** At most so many values of an iterator are shown: some of a network have 2 ** 64. */
const MOST = 16;

/** Evaluates a line as a console does: variables stay, `{ a: 1 }` is an object. */
function evaluate(line: string): unknown {
  const script = line.replace(/^\s*(?:const|let)\s/, 'var ');
  const run = globalThis.eval as (text: string) => unknown;
  try {
    return run(`(${script}\n)`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return run(script);
  }
}

/** Networks and addresses that are made when they are asked for: the first of them. */
function firstOf(value: Iterator<unknown>): string {
  const values: unknown[] = [];
  for (let next = value.next(); values.length < MOST; next = value.next()) {
    if (next.done === true) return shown(values);
    values.push(next.value);
  }
  return `${shown(values)} and more`;
}

function isIterator(value: unknown): value is Iterator<unknown> {
  return value !== null && typeof value === 'object' && typeof (value as { next?: unknown }).next === 'function';
}

const textOf = (value: unknown): string => (isIterator(value) ? firstOf(value) : shown(value));

addEventListener('message', ({ data, ports }: MessageEvent<Task>) => {
  if (ports[0] !== undefined) speakTo(ports[0]);
  if (data.do !== 'line') return;
  try {
    say({ type: 'value', text: textOf(evaluate(data.line)) });
  } catch (error) {
    const { name, message } = error as Error;
    say({ type: 'failed', message: `${name}: ${message}`, line: null });
  }
  say({ type: 'over', text: '' });
});
