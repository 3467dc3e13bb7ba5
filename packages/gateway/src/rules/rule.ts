import { isIP } from '@netstrata/ip-utils';
import { addressPolicy, type AddressPolicy } from '@netstrata/ip-utils/policy';
import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import { isPlainHost, spelledAddresses } from '@netstrata/transport/hosts';

/** Both belong to it. */
interface Ports {
  readonly from: number;
  readonly to: number;
}

/** Names that may be asked for, or may not. */
export interface HostRule {
  /** As it was written. */
  readonly text: string;
  /** In lower case, without the final dot. `*` for all names. */
  readonly name: string;
  /** The names below it, and not itself. */
  readonly isBelow: boolean;
  /** Null for all. */
  readonly ports: Ports | null;
  /** Where the rule itself says that the name may lead; null where it says nothing. */
  readonly leadsTo: AddressPolicy | null;
}

/** Rules about addresses stay text: `addressPolicy` compiles them together. */
export type Rule = string | HostRule;

const loopback = /* @__PURE__ */ addressPolicy({ allow: ['loopback'] });

/** What is asked for by a class of names that lead nowhere else (RFC 6761 section 6.3). */
export const isLocalhost = (name: string): boolean => /(?:^|\.)localhost$/.test(name);

/** As names are compared. */
export const plainName = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase();

const MAX_PORT = 65_535;
const LONGEST_RULE = 1024;
const IS_URL = "is a URL: a rule is a name or an address, and ports, as 'db.internal:5432'";
const NO_PORTS = 'has ports that are neither a number up to 65535 nor two with a dash between';
const KINDS = "neither names ('db.internal:5432', '*.example.com:443') nor addresses ('10.0.0.0/8:5432')";

/**
 * A rule about addresses (`10.0.0.0/8:5432`, `[::1]:80`, `loopback`), or about names: `db.internal:5432`, `*.example.com:443`,
 * `example.com:80-89`, `db.internal:5432=10.0.0.0/8`. What is both, such as `private`, is a class of addresses; `private.` is a name.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, with the rule and what is wrong with it
 */
export function ruleOf(given: unknown, option: string): Rule {
  if (typeof given !== 'string') throw invalidArgType(option, 'of type string', given);
  if (given.length > LONGEST_RULE) throw invalidArgValue(option, given.slice(0, 40), 'is too long for a rule');
  if (given.includes('://')) throw invalidArgValue(option, given, IS_URL);
  const equals = given.indexOf('=');
  const target = equals < 0 ? given : given.slice(0, equals);
  const why = whyNoAddresses(target);
  if (why === null) {
    if (equals >= 0) throw invalidArgValue(option, given, 'says where addresses lead, which only names do');
    return given;
  }
  const rule = hostRuleOf(given, target, equals < 0 ? null : given.slice(equals + 1), option);
  if (rule !== null) return rule;
  throw invalidArgValue(option, given, `is no rule: ${KINDS}`);
}

function whyNoAddresses(text: string): Error | null {
  try {
    addressPolicy({ allow: [text] });
    return null;
  } catch (error) {
    return error as Error;
  }
}

function hostRuleOf(text: string, target: string, leadsTo: string | null, option: string): HostRule | null {
  const colon = target.indexOf(':');
  const host = colon < 0 ? target : target.slice(0, colon);
  const isBelow = host.startsWith('*.');
  const name = plainName(isBelow ? host.slice(2) : host);
  if (name !== '*' && (!isPlainHost(name) || isIP(name) !== 0)) return null;
  if (name !== '*' && !isLocalhost(name) && spelledAddresses(name).length > 0) {
    throw invalidArgValue(option, text, 'is an address in a spelling that not all programs read alike');
  }
  const ports = colon < 0 ? null : portsOf(target.slice(colon + 1));
  if (ports === undefined) throw invalidArgValue(option, text, NO_PORTS);
  return { text, name, isBelow, ports, leadsTo: leadsTo === null ? homeOf(name) : placeOf(leadsTo, text, option) };
}

const homeOf = (name: string): AddressPolicy | null => (isLocalhost(name) ? loopback : null);

function placeOf(leadsTo: string, text: string, option: string): AddressPolicy {
  // The ports are those of the name.
  const hasPorts = /(?:^[^:]*|\]|\/\d+):[\d-]+$/.test(leadsTo);
  const why = whyNoAddresses(leadsTo);
  if (why === null && !hasPorts) return addressPolicy({ allow: [leadsTo] });
  throw invalidArgValue(option, text, "has no addresses without ports behind '=', as '10.0.0.0/8'");
}

function portsOf(text: string): Ports | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to && to <= MAX_PORT ? { from, to } : undefined;
}

/** Whether a rule is about a name, which is plain, and a port. */
export function matches(rule: HostRule, name: string, port: number): boolean {
  if (rule.ports !== null && (port < rule.ports.from || port > rule.ports.to)) return false;
  if (rule.isBelow) return name.length > rule.name.length + 1 && name.endsWith(rule.name) && name.at(-rule.name.length - 1) === '.';
  return rule.name === '*' || rule.name === name;
}
