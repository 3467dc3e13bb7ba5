import { isIP } from '@netstrata/ip-utils';
import { looseIPv4 } from '@netstrata/ip-utils/classify';
import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';

const RULES = "must be a host name, the names below one such as '*.example.org', or '*', in ASCII (xn--...)";

/** RFC 1035 section 2.3.4, and RFC 1123 section 2.1; the underscore is in use too. */
const LONGEST_NAME = 253;
const LABELS = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?)*$/;

/**
 * A name as names are compared: in lower case, without one final dot. Null for what is no name in ASCII: a resolver elsewhere may make
 * anything of it.
 */
function nameOf(host: string): string | null {
  const name = (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase();
  return name.length <= LONGEST_NAME && LABELS.test(name) ? name : null;
}

/** An address, or a name in ASCII, which everything reads alike. Text that only some read as an address may be more to others. */
export function isPlainHost(host: string): boolean {
  return isIP(host) !== 0 || nameOf(host) !== null;
}

const BOTH_LOOPBACKS = ['127.0.0.1', '::1'];

/**
 * The addresses that a host is without any name server: text that resolvers read as an IPv4 address, each way that they read it, and
 * `localhost` with all below it (RFC 6761 section 6.3). Empty for other names.
 */
export function spelledAddresses(host: string): readonly string[] {
  if (isIP(host) !== 0) return [host];
  const loose = looseIPv4(host);
  if (loose !== null) return [loose, ...decimalOf(host)];
  return /(?:^|\.)localhost\.?$/i.test(host) ? BOTH_LOOPBACKS : decimalOf(host);
}

/** Some take `010.0.0.1` for an address in decimal, and `08.0.0.1`, which is none in octal. */
function decimalOf(host: string): readonly string[] {
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  if (!/^\d+(?:\.\d+){0,3}$/.test(name)) return [];
  const decimal = looseIPv4(name.replace(/(?<=^|\.)0+(?=\d)/g, ''));
  return decimal === null ? [] : [decimal];
}

/** Which names may be dialled where they are resolved at the far end. */
export class HostRules {
  readonly #all: boolean;
  readonly #names: ReadonlySet<string>;
  /** Each begins with a dot. */
  readonly #suffixes: ReadonlySet<string>;

  /** Throws ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE for what is no list of rules. */
  constructor(given: unknown, option: string) {
    if (!Array.isArray(given)) throw invalidArgType(option, 'an instance of Array', given);
    const rules = Array.from(given as readonly unknown[], (rule, i) => checked(rule, `${option}[${i}]`));
    this.#all = rules.includes('*');
    this.#names = new Set(rules.filter((rule) => !rule.startsWith('*')));
    this.#suffixes = new Set(rules.filter((rule) => rule.startsWith('*.')).map((rule) => rule.slice(1)));
  }

  /** Whether a rule allows a host, in any case, with a final dot or without. */
  allows(host: string): boolean {
    const name = nameOf(host);
    if (name === null) return false;
    if (this.#all || this.#names.has(name)) return true;
    if (this.#suffixes.size === 0) return false;
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) if (this.#suffixes.has(name.slice(dot))) return true;
    return false;
  }
}

function checked(rule: unknown, option: string): string {
  if (typeof rule !== 'string') throw invalidArgType(option, 'of type string', rule);
  if (rule === '*') return rule;
  const isBelow = rule.startsWith('*.');
  const name = nameOf(isBelow ? rule.slice(2) : rule);
  if (name === null) throw invalidArgValue(option, rule, RULES);
  if (spelledAddresses(name).length > 0) {
    throw invalidArgValue(option, rule, 'is an address, also where it is resolved elsewhere: a rule of the policy has to allow it');
  }
  return isBelow ? `*.${name}` : name;
}
