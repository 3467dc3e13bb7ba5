import { parseAddress, type AddressLike, type IPAddress } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import { parseCIDR, whyNotCIDR, type CIDR } from '../cidr/index.js';
import { isCIDR } from '../cidr/cidr.js';
import { intervalOf, intervalOfAddress, type Interval } from '../cidr/interval.js';
import { looseIPv4, type AddressClass } from '../classify/index.js';
import { invalidArgValue, type CodedError } from '../errors/errors.js';
import { readOption } from '../errors/validate.js';
import { intervalsOfClass, isClass } from './classes.js';
import { lineOf, type Stretch } from './line.js';
import { portsOf, portsOfText, type PortRange, type Refuse } from './ports.js';
import { splitPorts } from './rule-text.js';

/** A port, a range of ports [from, to], or a list of these with at least one range in it: `[[80, 80], 443]`. Two numbers are a range. */
export type RulePort = number | readonly [from: number, to: number] | readonly (number | readonly [from: number, to: number])[];

/**
 * What a policy allows or denies. As text: a CIDR, an address, a range `10.0.0.1-10.0.0.9`, or a class of `classify`; then, if it is meant
 * for some ports only, `:80` or `:80-90`, with IPv6 in brackets: `[2001:db8::]/32:443`.
 */
export type AddressRule =
  | string
  | CIDRRule
  | OneAddressRule
  | RangeRule
  | ClassRule;

/** What every rule that is an object may have. */
interface ForPorts {
  /** The ports that it is meant for; every port when not given. */
  readonly port?: RulePort;
}

/** A rule for a network. */
export interface CIDRRule extends ForPorts {
  /** The network. */
  readonly cidr: string | CIDR;
}

/** A rule for one address. */
export interface OneAddressRule extends ForPorts {
  /** The address. */
  readonly address: AddressLike;
}

/** A rule for the addresses from one to another. */
export interface RangeRule extends ForPorts {
  /** Both ends belong to it, and are of one version. */
  readonly range: readonly [first: AddressLike, last: AddressLike];
}

/** A rule for all addresses that are for the same purpose. */
export interface ClassRule extends ForPorts {
  /** As `classify` names it. */
  readonly class: AddressClass;
}

export interface CompiledRule {
  readonly intervals: readonly Stretch[];
  /** null for every port, and for a check that names none. */
  readonly ports: readonly PortRange[] | null;
}

const KINDS = ['cidr', 'address', 'range', 'class'] as const;

/** @throws TypeError `ERR_INVALID_ARG_VALUE` under the name, which shows the rule and says what is wrong with it */
export function compileRule(rule: unknown, name: string): CompiledRule {
  const refuse: Refuse = (reason) => invalidArgValue(name, rule, reason);
  if (typeof rule === 'string') return compileText(rule, refuse);
  if (typeof rule !== 'object' || rule === null) throw refuse('must be the text of a rule, or an object');
  try {
    return compileObject(rule, refuse);
  } catch (error) {
    // Whatever a getter or a proxy throws.
    throw (error as Partial<CodedError> | null)?.code === 'ERR_INVALID_ARG_VALUE' ? error : refuse('cannot be read');
  }
}

function compileText(text: string, refuse: Refuse): CompiledRule {
  const parts = splitPorts(text);
  if (parts === null) throw refuse('has brackets that are not around an IPv6 address');
  const { target, ports } = parts;
  return { intervals: intervalsOfText(target, refuse).map(lineOf), ports: ports === null ? null : portsOfText(ports, refuse) };
}

function intervalsOfText(text: string, refuse: Refuse): readonly Interval[] {
  if (isClass(text)) return intervalsOfClass(text);
  if (text.includes('/')) return [ofCIDR(text, refuse)];
  const dash = text.indexOf('-');
  if (dash < 0 || text.includes('%')) return [ofRange(text, text, refuse)];
  return [ofRange(text.slice(0, dash), text.slice(dash + 1), refuse)];
}

function compileObject(rule: object, refuse: Refuse): CompiledRule {
  const fields = Object.keys(rule);
  const unknown = fields.find((field) => field !== 'port' && !KINDS.includes(field as never));
  if (unknown !== undefined) throw refuse(`has a field ${JSON.stringify(unknown.slice(0, 40))}, which no rule has`);
  const given = KINDS.filter((kind) => readOption(rule, kind) !== undefined);
  if (given.length !== 1) throw refuse('must have one of the fields cidr, address, range, class');
  const value = readOption(rule, given[0]);
  const intervals = INTERVALS[given[0]](value, refuse);
  // A port that is there but undefined is a mistake: it must not stand for every port.
  const isLimited = fields.includes('port') || readOption(rule, 'port') !== undefined;
  return { intervals: intervals.map(lineOf), ports: isLimited ? portsOf(readOption(rule, 'port'), refuse) : null };
}

const INTERVALS: Readonly<Record<(typeof KINDS)[number], (value: unknown, refuse: Refuse) => readonly Interval[]>> = {
  cidr: (value, refuse) => [ofCIDR(value, refuse)],
  address: (value, refuse) => [ofRange(value, value, refuse)],
  range(value, refuse) {
    if (!Array.isArray(value) || value.length !== 2) throw refuse('must have two addresses in `range`');
    return [ofRange(value[0], value[1], refuse)];
  },
  class(value, refuse) {
    if (!isClass(value)) throw refuse('names no class of addresses');
    return intervalsOfClass(value);
  },
};

function ofCIDR(value: unknown, refuse: Refuse): Interval {
  if (isCIDR(value)) return intervalOf(value);
  if (typeof value !== 'string') throw refuse('has a `cidr` that is none');
  const cidr = parseCIDR(value);
  if (cidr === null) throw refuse(whyNotCIDR(value) ?? 'is no CIDR');
  return intervalOf(cidr);
}

function ofRange(first: unknown, last: unknown, refuse: Refuse): Interval {
  const [from, to] = [ofAddress(first, refuse), ofAddress(last, refuse)];
  if (from.version !== to.version) throw refuse('is a range from one version of IP to the other');
  if (from.first > to.last) throw refuse('is a range that ends before it begins');
  return { version: from.version, first: from.first, last: to.last };
}

function ofAddress(value: unknown, refuse: Refuse): Interval {
  const address = typeof value === 'string' ? parseAddress(value) : (value as IPAddress | null);
  const bytes = addressBytes(address);
  if (bytes === null) throw refuse(typeof value === 'string' ? whyNotAddress(value) : 'has an address that is none');
  if (typeof address!.zone === 'string') throw refuse('has a zone, by which no rule can tell addresses apart');
  return intervalOfAddress(bytes);
}

/** A spelling that resolvers take says what they make of it. */
function whyNotAddress(text: string): string {
  const loose = looseIPv4(text);
  return loose === null ? 'is no CIDR, address, range or class of addresses' : `is no address, though some programs read it as ${loose}`;
}
