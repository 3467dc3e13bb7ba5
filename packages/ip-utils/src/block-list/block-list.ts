import { invalidArgType, invalidArgValue } from '../errors/errors.js';
import { inspectAs } from '../errors/inspect-class.js';
import { readOption, validateArray, validateInteger, validateString } from '../errors/validate.js';
import { pton } from '../syntax/pton.js';
import { kSocketAddress, SocketAddress } from '../socket-address/socket-address.js';
import { endpointOf, type Endpoint, type Subnet } from './rule.js';
import { RuleStore } from './rule-store.js';
import { parseRule, ruleTexts, splitCIDR } from './text-forms.js';

/** How a `BlockList` treats what is added. */
export interface BlockListOptions {
  /**
   * Check every IPv4 address that an IPv6 one may carry against the IPv4 rules: IPv4-compatible and translated, NAT64, 6to4, Teredo, ISATAP
   * (see `allEmbeddedIPv4`). IPv4-mapped ones are checked always. Default false, as Node.
   */
  strict?: boolean;
}

const kRules: unique symbol = /* @__PURE__ */ Symbol.for('@netstrata/ip-utils.BlockList') as never;
const kInspect: unique symbol = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom') as never;

/** `value` as a SocketAddress; text is checked under the parameter's name, as Node does. */
function toSocketAddress(value: unknown, name: string, family: unknown): SocketAddress {
  if (SocketAddress.isSocketAddress(value)) return value;
  validateString(value, name);
  validateString(family, 'family');
  return new SocketAddress({ address: value, family });
}

function toSubnet(network: unknown, prefix: unknown, family: unknown): Subnet {
  const address = toSocketAddress(network, 'network', family);
  validateInteger(prefix, 'prefix', 0, address[kSocketAddress].family === 'ipv4' ? 32 : 128);
  return { network: endpointOf(address), prefix: prefix + 0 };
}

function readStrict(options: unknown): boolean {
  // Node's constructor takes anything and looks at nothing.
  if (options === null || typeof options !== 'object') return false;
  const strict = readOption(options, 'strict');
  if (strict !== undefined && typeof strict !== 'boolean') throw invalidArgType('options.strict', 'of type boolean', strict);
  return strict ?? false;
}

function covers(rules: RuleStore, text: string, isIPv4: boolean): boolean {
  return pton(text, isIPv4 ? 'ipv4' : 'ipv6') && rules.coversScanned(isIPv4);
}

/**
 * Addresses, ranges and subnets to check addresses against, as `net.BlockList` of Node 26
 * (https://nodejs.org/api/net.html#class-netblocklist), searched by bisection.
 *
 * Every method that takes text throws TypeError `ERR_INVALID_ARG_TYPE` for the wrong type, `ERR_INVALID_ARG_VALUE` for an unknown family,
 * and Error `ERR_INVALID_ADDRESS` for text that is no address of the family. Families are `ipv4` (default) and `ipv6`, in any case.
 * @example
 * ```js
 * import { BlockList } from '@netstrata/ip-utils/block-list';
 *
 * const list = new BlockList();
 * list.addSubnet('10.0.0.0', 8);
 * console.log(list.check('10.1.2.3'), list.check('::ffff:10.1.2.3', 'ipv6')); // prints true true
 * console.log(list.rules); // prints [ 'Subnet: IPv4 10.0.0.0/8' ]
 * ```
 */
export class BlockList {
  /** CIDRs of the private, loopback and link-local networks: `list.addCIDRs(BlockList.PRIVATE_RANGES)`. */
  static PRIVATE_RANGES: readonly string[] = Object.freeze([
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '127.0.0.0/8',
    '::1/128',
    '169.254.0.0/16',
    'fe80::/10',
    'fc00::/7',
  ]);

  /** @internal */
  readonly [kRules]: RuleStore;

  /** @throws TypeError `ERR_INVALID_ARG_TYPE` if `strict` is given and no boolean */
  constructor(options: BlockListOptions = {}) {
    this[kRules] = new RuleStore(readStrict(options));
  }

  /** Whether `value` is a BlockList, of this copy of the package or another. The builtin's instances are not. */
  static isBlockList(value: unknown): value is BlockList {
    return (value as Partial<BlockList> | null | undefined)?.[kRules] !== undefined;
  }

  /** Adds a rule for one address, which may be a `SocketAddress`: its port does not count. */
  addAddress(address: string, family?: string): void;
  addAddress(address: SocketAddress): void;
  addAddress(address: string | SocketAddress, family?: string): void;
  addAddress(address: string | SocketAddress, family = 'ipv4'): void {
    this[kRules].addAddress(endpointOf(toSocketAddress(address, 'address', family)));
  }

  /** All or, if one is invalid, none. */
  addAddresses(addresses: readonly (string | SocketAddress)[], family = 'ipv4'): void {
    validateArray(addresses, 'addresses');
    validateString(family, 'family');
    const endpoints: Endpoint[] = [];
    for (let i = 0; i < addresses.length; i++) endpoints.push(endpointOf(toSocketAddress(addresses[i], `addresses[${i}]`, family)));
    for (const endpoint of endpoints) this[kRules].addAddress(endpoint);
  }

  /** Both ends belong to the range. @throws TypeError `ERR_INVALID_ARG_VALUE` if `start` comes after `end` */
  addRange(start: string, end: string, family?: string): void;
  addRange(start: SocketAddress, end: SocketAddress): void;
  addRange(start: string | SocketAddress, end: string | SocketAddress, family?: string): void;
  addRange(start: string | SocketAddress, end: string | SocketAddress, family = 'ipv4'): void {
    const from = toSocketAddress(start, 'start', family);
    const to = toSocketAddress(end, 'end', family);
    if (!this[kRules].addRange({ start: endpointOf(from), end: endpointOf(to) })) {
      throw invalidArgValue('start', from, 'must come before end');
    }
  }

  /** `prefix` is 0 to 32 or 0 to 128; host bits may be set. @throws RangeError `ERR_OUT_OF_RANGE` */
  addSubnet(network: string, prefix: number, family?: string): void;
  addSubnet(network: SocketAddress, prefix: number): void;
  addSubnet(network: string | SocketAddress, prefix: number, family?: string): void;
  addSubnet(network: string | SocketAddress, prefix: number, family = 'ipv4'): void {
    this[kRules].addSubnet(toSubnet(network, prefix, family));
  }

  /** `address/prefix`, of the family that the address has. @throws as `addSubnet`, TypeError `ERR_INVALID_ARG_VALUE` */
  addCIDR(cidr: string): void {
    const { address, prefix, family } = splitCIDR(cidr);
    this.addSubnet(address, prefix, family);
  }

  /** Adds many networks, each as `addCIDR` does. Text that is no `address/prefix` by its form is noticed before any is added. */
  addCIDRs(cidrs: readonly string[]): void {
    validateArray(cidrs, 'cidrs');
    const parts: ReturnType<typeof splitCIDR>[] = [];
    for (let i = 0; i < cidrs.length; i++) {
      validateString(cidrs[i], `cidrs[${i}]`);
      parts.push(splitCIDR(cidrs[i]));
    }
    for (const { address, prefix, family } of parts) this.addSubnet(address, prefix, family);
  }

  /** Removes the rule that `addAddress` made; ranges and subnets stay. Without such a rule nothing happens. */
  removeAddress(address: string | SocketAddress, family = 'ipv4'): void {
    this[kRules].removeAddress(endpointOf(toSocketAddress(address, 'address', family)));
  }

  /** Removes the newest rule with exactly these ends. */
  removeRange(start: string | SocketAddress, end: string | SocketAddress, family = 'ipv4'): void {
    const from = toSocketAddress(start, 'start', family);
    const to = toSocketAddress(end, 'end', family);
    this[kRules].removeRange({ start: endpointOf(from), end: endpointOf(to) });
  }

  /** Removes the newest rule with exactly this address and prefix. */
  removeSubnet(network: string | SocketAddress, prefix: number, family = 'ipv4'): void {
    this[kRules].removeSubnet(toSubnet(network, prefix, family));
  }

  /** Removes the newest rule of exactly this network, as `removeSubnet` does. */
  removeCIDR(cidr: string): void {
    const { address, prefix, family } = splitCIDR(cidr);
    this.removeSubnet(address, prefix, family);
  }

  /**
   * Whether a rule covers the address. IPv4 and IPv4-mapped IPv6 addresses meet each other's rules; text that is no address of the family
   * is covered by no rule.
   */
  check(address: string, family?: string): boolean;
  check(address: SocketAddress): boolean;
  check(address: string | SocketAddress, family?: string): boolean;
  check(address: string | SocketAddress, family = 'ipv4'): boolean {
    if (typeof address !== 'string' && SocketAddress.isSocketAddress(address)) {
      const fields = address[kSocketAddress];
      return typeof fields.address === 'string' && covers(this[kRules], fields.address, fields.family === 'ipv4');
    }
    validateString(address, 'address');
    validateString(family, 'family');
    return covers(this[kRules], address, family === 'ipv4' || family.toLowerCase() === 'ipv4');
  }

  /** Removes every rule. */
  clear(): void {
    this[kRules].clear();
  }

  /** The texts of `rules`: what `fromJSON` takes. */
  toJSON(): string[] {
    return this.rules;
  }

  /**
   * Adds the rules of `toJSON()`, given as an array or as its JSON. Texts that are no rules are passed over.
   * @throws SyntaxError for text that is no JSON
   */
  fromJSON(data: string | readonly string[]): void {
    for (const text of ruleTexts(data)) {
      const rule = parseRule(text);
      if (rule?.kind === 'subnet') this.addSubnet(rule.network, rule.prefix, rule.family);
      else if (rule?.kind === 'address') this.addAddress(rule.address, rule.family);
      else if (rule?.kind === 'range') this.addRange(rule.start, rule.end, rule.family);
    }
  }

  /** One text a rule, `Subnet: IPv4 10.0.0.0/8`: addresses, subnets, ranges, of each the newest first. */
  get rules(): string[] {
    return this[kRules].texts;
  }

  /** The number of rules. */
  get size(): number {
    return this[kRules].size;
  }

  /** @internal What `util.inspect` shows. */
  [kInspect](depth: number, options: { depth?: number | null }, ...[inspect]: unknown[]): unknown {
    return inspectAs('BlockList', this, { rules: this.rules }, depth, options, inspect);
  }
}
