import { isIP } from '@netstrata/ip-utils';
import { addressPolicy, type AddressPolicy, type PolicyAnswer } from '@netstrata/ip-utils/policy';
import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import { isPlainHost, spelledAddresses } from '@netstrata/transport/hosts';
import type { Claims } from '../contract/options.js';
import { isLocalhost, plainName, ruleOf } from './rule.js';
import { RuleList, type Named, type Refusal } from './rule-list.js';

/** Why a client may not go somewhere: a word for labels, and a sentence for whoever runs the gateway. */
export interface Verdict {
  readonly reason: 'denied' | 'unlisted';
  readonly text: string;
}

/** Where a name may lead. */
export interface NameJudge {
  /** The addresses that it has without any name server; null where it has to be looked up. */
  readonly addresses: readonly string[] | null;
  ledTo(address: string): Verdict | null;
}

/** Rules of a gateway or of a token, compiled. */
export interface RuleSet {
  readonly to: RuleList;
  readonly listen: AddressPolicy;
}

const listenPolicy = (given: readonly string[] | undefined, option: string): AddressPolicy => {
  if (given !== undefined && !Array.isArray(given)) throw invalidArgType(option, 'an instance of Array', given);
  const rules = Array.from(given ?? [], (rule: unknown, at) => {
    const checked = ruleOf(rule, `${option}[${at}]`);
    if (typeof checked !== 'string') throw invalidArgValue(`${option}[${at}]`, rule, 'has a name: what is listened on are addresses');
    return checked;
  });
  return addressPolicy({ allow: rules });
};

/** Throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, with the rule. */
export function ruleSetOf(given: { readonly allow?: readonly string[] | undefined; readonly deny?: readonly string[] | undefined;
  readonly listen?: readonly string[] | undefined; }): RuleSet {
  return { to: new RuleList(given.allow, given.deny, 'options.'), listen: listenPolicy(given.listen, 'options.listen') };
}

/** So many rules a token may have: they are compiled for each carrier. */
const MOST_CLAIMED = 1024;

/** What a token says of it: nothing where it says nothing. Throws as `ruleSetOf`. */
export function claimedRulesOf({ allow, listen }: Claims): Partial<RuleSet> {
  const isLong = [allow, listen].some((list) => Array.isArray(list) && list.length > MOST_CLAIMED);
  if (isLong) throw invalidArgValue('claims', '{...}', `has a list of more than ${MOST_CLAIMED} rules`);
  return {
    ...(allow !== undefined && { to: new RuleList(allow, undefined, 'claims.', true) }),
    ...(listen !== undefined && { listen: listenPolicy(listen, 'claims.listen') }),
  };
}

/** A refusal in words. A name may be anything: it is shown as text of a program. */
function verdictOf(refusal: Refusal | null, what: string, whose: string): Verdict | null {
  if (refusal === null) return null;
  if (refusal.rule !== null) return { reason: 'denied', text: `${what} is denied by the rule ${JSON.stringify(refusal.rule)} ${whose}` };
  return { reason: 'unlisted', text: `${what} is allowed by no rule ${whose}` };
}

const GATEWAYS = 'of the gateway';
const TOKENS = "of the client's token";

const placed = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** Where one client may go: what the rules of the gateway and those of its token both allow. */
export class Judge {
  readonly #own: RuleSet;
  readonly #token: Partial<RuleSet>;

  constructor(own: RuleSet, token: Partial<RuleSet>) {
    this.#own = own;
    this.#token = token;
  }

  /** An address that was asked for as such. */
  address(address: string, port: number): Verdict | null {
    const what = placed(address, port);
    return verdictOf(this.#own.to.address(address, port), what, GATEWAYS)
      ?? verdictOf(this.#token.to?.address(address, port) ?? null, what, TOKENS);
  }

  /** A name that was asked for. It may be dialled at the addresses that the answer lets pass, and at no others. */
  name(host: string, port: number): NameJudge | Verdict {
    const name = plainName(host);
    const what = JSON.stringify(`${host}:${port}`.slice(0, 300));
    const spelled = spelledAddresses(name);
    if (!isPlainHost(name) || isIP(name) !== 0 || (spelled.length > 0 && !isLocalhost(name))) {
      return { reason: 'unlisted', text: `${what} is no name, and no address that all programs read alike` };
    }
    const asks = [[this.#own.to, GATEWAYS], [this.#token.to, TOKENS]] as const;
    const named: (readonly [RuleList, Named, string])[] = [];
    for (const [list, whose] of asks) {
      if (list === undefined) continue;
      const found = list.name(name, port);
      if ('rule' in found) return verdictOf(found, what, whose)!;
      // What is an address in words may be allowed as one.
      if (found.length === 0 && spelled.length === 0) return verdictOf({ rule: null }, what, whose)!;
      named.push([list, found, whose]);
    }
    return {
      addresses: spelled.length > 0 ? spelled : null,
      ledTo(address) {
        const where = `${what} at ${address}`;
        for (const [list, found, whose] of named) {
          const verdict = verdictOf(list.ledTo(found, address, port), where, whose);
          if (verdict !== null) return verdict;
        }
        return null;
      },
    };
  }

  /** Addresses and ports of the gateway that the client may listen on. */
  listen(address: string, port: number): PolicyAnswer {
    const answer = this.#own.listen.check(address, port);
    return answer.allowed && this.#token.listen !== undefined ? this.#token.listen.check(address, port) : answer;
  }
}
