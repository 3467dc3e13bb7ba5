import { addressPolicy, type AddressPolicy, type AddressPolicyOptions } from '@netstrata/ip-utils/policy';
import { codedError, invalidArgType, optionOf, type CodedError } from '@netstrata/stream-core';
import { guard, type GuardOptions, type GuardPolicy } from '@netstrata/transport-guard';
import type { Transport } from '@netstrata/transport';
import { bases } from '../shared/context.js';

/** Dials are judged, and nothing that a program listens on. */
const ALL = { default: 'allow' } as const;

/** What stands for what is given to `register`, made before anything changes. */
export type Guarding = (transport: Transport) => Transport;

/** Throws ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE: for no rules, and for each that is none. */
export function guardingBy(given: unknown, from: string): Guarding {
  const { policy, ...options } = Array.isArray(given) ? rulesOf(Array.from(given), from) : { policy: policyOf(given, from) };
  const made = new Map<Transport, Transport>();
  return (transport) => {
    let guarded = made.get(transport);
    if (guarded === undefined) {
      made.set(transport, (guarded = guard(transport, policy, { ...options, listen: ALL })));
      bases.set(guarded, transport);
    }
    return guarded;
  };
}

function policyOf(given: unknown, from: string): GuardPolicy {
  if (typeof given !== 'object' || given === null) {
    throw invalidArgType(from, 'an AddressPolicy, options for one, or an Array of rules', given);
  }
  if (typeof optionOf(given as Partial<AddressPolicy>, 'check') === 'function') return given;
  try {
    return addressPolicy(given);
  } catch (error) {
    // It names its own argument.
    throw codedError(TypeError, (error as CodedError).code, (error as Error).message.replace(/'options\b/, `'${from}`));
  }
}

function rulesOf(rules: readonly unknown[], from: string): Pick<GuardOptions, 'hosts' | 'paths'> & { readonly policy: AddressPolicy } {
  const sorted = { allow: [] as string[], deny: [] as string[], hosts: [] as string[], paths: [] as string[] };
  for (const rule of rules) sort(rule, sorted, from);
  const { allow, deny, hosts, paths } = sorted;
  if (rules.length === 0) throw invalidRule(from, 'has no rules: nothing would be allowed by it');
  const policy: AddressPolicyOptions = { allow, deny, default: deny.length === rules.length ? 'allow' : 'deny' };
  return { policy: addressPolicy(policy), hosts, paths: paths.includes('*') ? true : paths };
}

function sort(rule: unknown, to: Record<'allow' | 'deny' | 'hosts' | 'paths', string[]>, from: string): void {
  if (typeof rule !== 'string') throw invalidArgType(`rule of ${from} argument`, 'of type string', rule);
  const [, denies, kind, text] = /^(!?)\s*(?:(host|path):\s*)?(.*)$/s.exec(rule.trim())!;
  if (text === '') throw invalidRule(from, 'has an empty rule');
  if (kind !== undefined && denies !== '') throw invalidRule(from, `denies a ${kind}: those are denied that no rule allows`, rule);
  const list = kind === 'host' ? 'hosts' : kind === 'path' ? 'paths' : denies === '' ? 'allow' : 'deny';
  to[list].push(text);
  check(list, text, rule, from);
}

/** By itself, so that the error can say which one it is and where it stands. */
function check(list: string, text: string, rule: string, from: string): void {
  try {
    if (list === 'hosts') guard(NOWHERE, {}, { hosts: [text] });
    else if (list !== 'paths') addressPolicy({ allow: [text] });
  } catch (error) {
    const reason = / (?:is|has|must|may|names|ends) .*(?=\. Received)/.exec((error as Error).message)?.[0].trim() ?? 'is no rule';
    throw invalidRule(from, `has a rule that ${reason}`, rule);
  }
}

const NOWHERE = { connect() {} } as unknown as Transport;

function invalidRule(from: string, reason: string, rule?: string): Error {
  const which = rule === undefined ? '' : `: ${JSON.stringify(rule.slice(0, 100))}`;
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `${from} ${reason}${which}`);
}
