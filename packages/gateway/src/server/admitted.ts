import { invalidArgType, optionsOf } from '@netstrata/stream-core';
import type { Client } from '../contract/events.js';
import type { Claims } from '../contract/options.js';
import { claimedRulesOf, type RuleSet } from '../rules/judge.js';
import { clientOf } from './accounts.js';

/** Who is let in: a client, what its token allows, and until when (milliseconds since 1970; null for ever). */
export interface Admitted {
  readonly client: Client;
  readonly rules: Partial<RuleSet>;
  readonly expires: number | null;
}

/** What claims say, read and checked; true for none. Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE: what is neither admits nobody. */
export function admittedOf(address: string | null, given: Claims | true): Admitted {
  const isNone = (given as unknown) === true;
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  if (!isNone && !isObject) throw invalidArgType('claims', 'an object, or true', given);
  const claims: Claims = isNone ? {} : optionsOf(given as Claims, ['sub', 'exp', 'allow', 'listen']);
  const { sub, exp } = claims;
  if (sub !== undefined && typeof sub !== 'string') throw invalidArgType('claims.sub', 'of type string', sub);
  if (exp !== undefined && !Number.isFinite(exp)) throw invalidArgType('claims.exp', 'a finite number', exp);
  return { client: clientOf(address, sub ?? null), rules: claimedRulesOf(claims), expires: exp === undefined ? null : exp * 1000 };
}
