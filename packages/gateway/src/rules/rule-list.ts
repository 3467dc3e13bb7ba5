import { classify } from '@netstrata/ip-utils/classify';
import { addressPolicy, publicOnly, type AddressPolicy } from '@netstrata/ip-utils/policy';
import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import { matches, ruleOf, type HostRule } from './rule.js';

/** Why something is not allowed: by the rule that denies it, or null where no rule allows it. */
export interface Refusal {
  readonly rule: string | null;
}

const UNLISTED: Refusal = { rule: null };

/** The rules of one list that are about a name and a port. */
export type Named = readonly HostRule[];

interface Rules {
  readonly addresses: readonly string[];
  readonly hosts: readonly HostRule[];
}

function rulesOf(given: readonly string[] | undefined, option: string, leads: boolean): Rules {
  if (given !== undefined && !Array.isArray(given)) throw invalidArgType(option, 'an instance of Array', given);
  const rules = Array.from(given ?? [], (text: unknown, at) => {
    const rule = ruleOf(text, `${option}[${at}]`);
    const isFine = leads || typeof rule === 'string' || !rule.text.includes('=');
    if (!isFine) throw invalidArgValue(`${option}[${at}]`, text, 'says where a name may lead, which only `allow` does');
    return rule;
  });
  return {
    addresses: rules.filter((rule) => typeof rule === 'string'),
    hosts: rules.filter((rule) => typeof rule !== 'string'),
  };
}

/** Whom a dial reaches: the address of nobody leads to this host (RFC 1122 section 3.2.1.3 forbids it as a destination, systems do not). */
function reachedBy(address: string): readonly string[] {
  if (classify(address) !== 'unspecified') return [address];
  return address.includes(':') ? [address, '::1', '127.0.0.1'] : [address, '127.0.0.1'];
}

/** `allow` and `deny`, compiled once. */
export class RuleList {
  readonly #allowed: AddressPolicy;
  readonly #denied: AddressPolicy;
  readonly #allowedHosts: readonly HostRule[];
  readonly #deniedHosts: readonly HostRule[];
  readonly #isNarrowing: boolean;
  /** Nothing is allowed. */
  readonly isEmpty: boolean;

  /**
   * @param option what the rules are called in errors
   * @param isNarrowing the list stands beside another one, which says where names may lead: here a name may lead anywhere, if its rule does
   * not say otherwise
   * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`
   */
  constructor(allow: readonly string[] | undefined, deny: readonly string[] | undefined, option: string, isNarrowing = false) {
    const [allowed, denied] = [rulesOf(allow, `${option}allow`, true), rulesOf(deny, `${option}deny`, false)];
    this.#allowed = addressPolicy({ allow: allowed.addresses });
    this.#denied = addressPolicy({ deny: denied.addresses, default: 'allow' });
    this.#allowedHosts = allowed.hosts;
    this.#deniedHosts = denied.hosts;
    this.#isNarrowing = isNarrowing;
    this.isEmpty = allowed.addresses.length === 0 && allowed.hosts.length === 0;
  }

  /** Of an address that was asked for as such. */
  address(address: string, port: number): Refusal | null {
    return this.#denies(address, port) ?? (this.#allows(address, port) ? null : UNLISTED);
  }

  /** The rules that let a name be asked for, or why it may not. Those are none where it is spelled as addresses, and they are allowed. */
  name(name: string, port: number): Named | Refusal {
    const denied = this.#deniedHosts.find((rule) => matches(rule, name, port));
    if (denied !== undefined) return { rule: denied.text };
    return this.#allowedHosts.filter((rule) => matches(rule, name, port));
  }

  /** Of an address to which such a name has led. */
  ledTo(named: Named, address: string, port: number): Refusal | null {
    const refusal = this.#denies(address, port);
    if (refusal !== null) return refusal;
    if (named.some(({ leadsTo }) => leadsTo !== null && reachedBy(address).every((one) => leadsTo.check(one).allowed))) return null;
    // Where every rule about the name says where it leads, nothing else counts.
    const isOpen = named.length === 0 || named.some(({ leadsTo }) => leadsTo === null);
    if (!isOpen) return UNLISTED;
    if (named.length > 0 && (this.#isNarrowing || publicOnly.check(address).allowed)) return null;
    return this.#allows(address, port) ? null : UNLISTED;
  }

  #allows(address: string, port: number): boolean {
    return reachedBy(address).every((one) => this.#allowed.check(one, port).allowed);
  }

  #denies(address: string, port: number): Refusal | null {
    for (const one of reachedBy(address)) {
      const { allowed, rule } = this.#denied.check(one, port);
      if (!allowed) return { rule: rule as string | null };
    }
    return null;
  }
}
