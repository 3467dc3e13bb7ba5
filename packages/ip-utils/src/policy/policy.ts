import { allEmbeddedIPv4, type AddressLike } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import { invalidArgValue } from '../errors/errors.js';
import { readOption, validateArray, validateObject } from '../errors/validate.js';
import { keyOf } from './line.js';
import { earlier, PortRules } from './port-rules.js';
import { isPort } from './ports.js';
import { compileRule, type AddressRule, type CompiledRule } from './rule.js';

/** The rules of a policy. */
export interface AddressPolicyOptions {
  /** What is allowed, unless `deny` is about it too. */
  readonly allow?: readonly AddressRule[] | undefined;
  /** Wins over `allow`. */
  readonly deny?: readonly AddressRule[] | undefined;
  /** For what no rule is about. Default 'deny'; 'allow' if there is `deny` and no `allow`. */
  readonly default?: 'allow' | 'deny' | undefined;
}

/** An answer of a policy, and the rule that gave it, as it was written; null if none did. */
export interface PolicyAnswer {
  /** Whether packets may go there. */
  readonly allowed: boolean;
  /** The rule that decided, or null where the default did. */
  readonly rule: AddressRule | null;
}

/** Which addresses and ports may be talked to. Its fields are options for another policy. */
export interface AddressPolicy {
  /** The rules of the option `allow`, in a copy that nothing changes. */
  readonly allow: readonly AddressRule[];
  /** The rules of the option `deny`, in a copy that nothing changes. */
  readonly deny: readonly AddressRule[];
  /** What holds where no rule is about an address. */
  readonly default: 'allow' | 'deny';
  /**
   * Whether packets to an address and port are allowed, wherever they would go: an IPv6 address that carries IPv4 ones is denied if a rule
   * denies it or one of these, and allowed if it and each of these is, or if a rule is for this one address; an IPv4-mapped address is the
   * IPv4 address. Zones do not count.
   * Without a port (or with what is none) rules of `deny` for some ports deny, and rules of `allow` for some ports do not allow.
   * What is no address is denied. Never throws; takes logarithmic time.
   */
  check(address: AddressLike | null | undefined, port?: number): PolicyAnswer;
}

const FIELDS = ['allow', 'deny', 'default'];

/** The rules of a list, which may have holes but no end that lies. */
function listOf(options: object, name: 'allow' | 'deny'): readonly AddressRule[] {
  const list = readOption(options, name);
  if (list === undefined) return [];
  validateArray(list, `options.${name}`);
  return Object.freeze(Array.from(list)) as readonly AddressRule[];
}

/** Also if it is named and undefined: a list that was forgotten allows nothing. */
function isNamed(options: object, name: string): boolean {
  return Object.hasOwn(options, name) || readOption(options, name) !== undefined;
}

function defaultOf(options: object): 'allow' | 'deny' {
  const given = readOption(options, 'default');
  if (given === undefined) return readOption(options, 'deny') !== undefined && !isNamed(options, 'allow') ? 'allow' : 'deny';
  if (given === 'allow' || given === 'deny') return given;
  throw invalidArgValue('options.default', given, "must be 'allow' or 'deny'");
}

function compiled(rules: readonly AddressRule[], name: string): CompiledRule[] {
  return rules.map((rule, i) => compileRule(rule, `options.${name}[${i}]`));
}

const forOneAddress = ({ intervals: [one, ...more] }: CompiledRule): boolean => more.length === 0 && one.first === one.last;

class Policy implements AddressPolicy {
  readonly allow: readonly AddressRule[];
  readonly deny: readonly AddressRule[];
  readonly default: 'allow' | 'deny';
  readonly #allowed: PortRules;
  /** Of these the rules for a single address. */
  readonly #named: PortRules;
  readonly #denied: PortRules;

  constructor(options: object) {
    this.allow = listOf(options, 'allow');
    this.deny = listOf(options, 'deny');
    this.default = defaultOf(options);
    const allowed = compiled(this.allow, 'allow');
    this.#allowed = new PortRules(allowed);
    this.#named = new PortRules(allowed.map((rule) => (forOneAddress(rule) ? rule : { ...rule, intervals: [] })));
    this.#denied = new PortRules(compiled(this.deny, 'deny'));
  }

  check(address: AddressLike | null | undefined, port?: number): PolicyAnswer {
    const bytes = addressBytes(address);
    if (bytes === null) return { allowed: false, rule: null };
    const carried = allEmbeddedIPv4(bytes);
    const keys = [keyOf(bytes), ...carried.map((one) => keyOf(one.bytes))];
    const no = keys.map((key) => (isPort(port) ? this.#denied.find(key, port) : this.#denied.findForAny(key))).reduce(earlier);
    if (no >= 0) return { allowed: false, rule: this.deny[no] };
    return this.#allows(carried[0]?.embedding === 'mapped' ? keys.slice(1) : keys, port);
  }

  #allows(keys: readonly bigint[], port: number | undefined): PolicyAnswer {
    const find = (rules: PortRules, key: bigint): number => (isPort(port) ? rules.find(key, port) : rules.findForAll(key));
    const named = keys.length > 1 ? find(this.#named, keys[0]) : -1;
    const yes = named >= 0 ? [named] : keys.map((key) => find(this.#allowed, key));
    if (this.default === 'deny' && yes.includes(-1)) return { allowed: false, rule: null };
    const rule = yes.find((place) => place >= 0);
    return { allowed: true, rule: rule === undefined ? null : this.allow[rule] };
  }
}

/**
 * A policy of addresses and ports, compiled once. `deny` wins over `allow`, `default` decides the rest.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: a rule that is none, named with the reason; a field that no policy has
 * @example
 * ```js
 * import { addressPolicy } from '@netstrata/ip-utils/policy';
 *
 * const policy = addressPolicy({ allow: ['10.0.0.0/8:5432'] });
 * console.log(policy.check('10.1.2.3', 5432).allowed, policy.check('10.1.2.3', 80).allowed); // prints true false
 * ```
 */
export function addressPolicy(options: AddressPolicyOptions = {}): AddressPolicy {
  validateObject(options, 'options');
  const unknown = Object.keys(options).find((field) => !FIELDS.includes(field));
  if (unknown === undefined) return Object.freeze(new Policy(options));
  throw invalidArgValue('options', options, `has a field ${JSON.stringify(unknown.slice(0, 40))}, which no policy has`);
}

/**
 * Only what may be expected on the public internet, also when seen through mapped, compatible, translated, NAT64, 6to4, Teredo and ISATAP
 * addresses:
 * what a fetch on behalf of others may reach. Denies private, loopback, link-local and all other special-purpose addresses.
 * @example
 * ```js
 * import { publicOnly } from '@netstrata/ip-utils/policy';
 *
 * console.log(publicOnly.check('8.8.8.8').allowed, publicOnly.check('::ffff:127.0.0.1').allowed); // prints true false
 * ```
 */
export const publicOnly: AddressPolicy = /* @__PURE__ */ addressPolicy({ allow: ['global'] });
