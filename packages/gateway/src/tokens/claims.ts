import type { Claims } from '../contract/options.js';
import { TokenError } from './token-error.js';

/** A subject is a label of logs, and a key of limits. */
const LONGEST_SUBJECT = 128;
const MOST_RULES = 64;
const LONGEST_RULE = 300;

const bad = (text: string): TokenError => new TokenError('claims', text);

/** Those claims that mean something here, checked. Throws TokenError. */
export function claimsOf(payload: Readonly<Record<string, unknown>>): Claims & { readonly exp: number } {
  const { sub, exp } = payload;
  if (sub !== undefined && (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT)) {
    throw bad(`sub is a text of 1 to ${LONGEST_SUBJECT} letters`);
  }
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw bad('exp is a number of seconds');
  return { sub, exp, allow: rulesOf('allow', payload.allow), listen: rulesOf('listen', payload.listen) };
}

/** A list of rules: texts, so many at most. Throws TokenError. */
function rulesOf(name: string, given: unknown): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const isList = Array.isArray(given) && given.length <= MOST_RULES;
  const isText = (rule: unknown): boolean => typeof rule === 'string' && rule !== '' && rule.length <= LONGEST_RULE;
  if (!isList || !given.every(isText)) throw bad(`${name} is a list of at most ${MOST_RULES} rules, each of 1 to ${LONGEST_RULE} letters`);
  return given as readonly string[];
}
