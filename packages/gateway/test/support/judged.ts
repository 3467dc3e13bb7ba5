import type { Claims } from '../../src/index.js';
import { claimedRulesOf, Judge, ruleSetOf } from '../../src/rules/judge.js';

interface Rules {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly listen?: readonly string[];
}

export const judgeOf = (rules: Rules, claims: Claims = {}): Judge => new Judge(ruleSetOf(rules), claimedRulesOf(claims));

/** What is said of an address, or of a name that leads to one: 'allowed', or why not. */
export function saidOf(judge: Judge, host: string, port: number, leadsTo?: string): string {
  const answer = leadsTo === undefined ? judge.address(host, port) : judge.name(host, port);
  if (answer === null) return 'allowed';
  if ('reason' in answer) return answer.reason;
  return answer.ledTo(leadsTo!)?.reason ?? 'allowed';
}
