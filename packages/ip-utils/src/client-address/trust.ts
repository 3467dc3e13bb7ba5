import { invalidArgType, invalidArgValue } from '../errors/errors.js';
import { readOption, validateInteger } from '../errors/validate.js';
import { addressPolicy, type AddressPolicy, type AddressRule } from '../policy/index.js';
import { compileRule } from '../policy/rule.js';

/**
 * Whose word is taken: rules of `addressPolicy` without ports (CIDRs, addresses, ranges, classes such as 'loopback' and 'private'), a
 * policy made of such, or how many hops before this server are proxies of one's own, the peer being the first.
 */
export type Trust = number | AddressRule | readonly AddressRule[] | AddressPolicy;

/** Whether the hop with these bytes, null if it has no address, the peer being number 0, is trusted. */
export type TrustTest = (bytes: Uint8Array | null, index: number) => boolean;

/** Policies by the text of their rules, since most programs write the list where they need it; and the last one that was asked for. */
const compiled = /* @__PURE__ */ new Map<string, AddressPolicy>();
const MOST = 64;
let last: { readonly rules: readonly AddressRule[]; readonly policy: AddressPolicy } | null = null;

function isPolicy(value: unknown): value is AddressPolicy {
  return typeof value === 'object' && value !== null && typeof readOption(value, 'check') === 'function';
}

function compile(rules: readonly AddressRule[]): AddressPolicy {
  Array.from(rules).forEach((rule, i) => {
    const name = `options.trust[${i}]`;
    if (compileRule(rule, name).ports !== null) throw invalidArgValue(name, rule, 'has ports, but a proxy is trusted with every port');
  });
  return addressPolicy({ allow: rules });
}

function policyOf(rules: readonly AddressRule[]): AddressPolicy {
  if (last !== null && isSame(rules, last.rules)) return last.policy;
  if (!rules.every((rule) => typeof rule === 'string')) return compile(rules);
  const key = JSON.stringify(rules);
  let policy = compiled.get(key);
  if (policy === undefined) {
    policy = compile(rules);
    if (compiled.size === MOST) compiled.clear();
    compiled.set(key, policy);
  }
  last = { rules: policy.allow, policy };
  return policy;
}

function isSame(a: readonly AddressRule[], b: readonly AddressRule[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE` for a rule that is none, RangeError `ERR_OUT_OF_RANGE` for a number
 * that counts no hops
 */
export function trustTest(trust: unknown): TrustTest {
  if (trust === undefined) return () => false;
  if (typeof trust === 'number') {
    validateInteger(trust, 'options.trust', 0, Number.MAX_SAFE_INTEGER);
    return (_, index) => index < trust;
  }
  if (typeof trust !== 'string' && (typeof trust !== 'object' || trust === null)) {
    throw invalidArgType('options.trust', 'a number of hops, a rule, an array of rules, or a policy', trust);
  }
  const policy = Array.isArray(trust) ? policyOf(trust as AddressRule[]) : isPolicy(trust) ? trust : policyOf([trust as AddressRule]);
  return (bytes) => bytes !== null && policy.check(bytes).allowed;
}
