import { addressPolicy, type AddressPolicy, type AddressPolicyOptions } from '@netstrata/ip-utils/policy';
import { codedError, invalidArgType, invalidArgValue, optionOf, optionsOf } from '@netstrata/stream-core';
import { HostRules } from '@netstrata/transport/hosts';
import { checkFields } from '@netstrata/transport/layers';
import type { Settings } from './judge.js';

/** A policy, or what `addressPolicy` makes one of. */
export type GuardPolicy = AddressPolicy | AddressPolicyOptions;

/** What `guard` lets through. */
export interface GuardOptions {
  /**
   * Names that may be dialled by transports that resolve them at their far end: `db.example.org`, the names below one (`*.example.org`),
   * `*`. In any case, without one final dot. None when not given. Names that are addresses (`127.1`, `localhost`) are judged as such.
   */
  readonly hosts?: readonly string[] | undefined;
  /** Paths that may be dialled and listened on, each exactly as it is dialled; `true` for all. None when not given. */
  readonly paths?: true | readonly string[] | undefined;
  /** For local endpoints, in place of the policy. `{ default: 'allow' }` lets everything listen, also on paths and names. */
  readonly listen?: GuardPolicy | undefined;
  /** From whom connections are accepted. From everybody when not given. */
  readonly acceptFrom?: GuardPolicy | undefined;
}

const OPTIONS = ['hosts', 'paths', 'listen', 'acceptFrom'] as const;

/** Throws ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE; also for an option that is none, which would be missing from what is judged. */
export function settingsOf(given: unknown, options: GuardOptions | undefined): Settings {
  const policy = policyOf(given, 'policy');
  if (options === undefined) return settingsOf(policy, {});
  checkFields('options', options, OPTIONS);
  const { hosts, paths, listen, acceptFrom } = optionsOf(options, OPTIONS);
  const local = listen === undefined ? policy : policyOf(listen, 'options.listen');
  return {
    policy,
    hosts: new HostRules(hosts ?? [], 'options.hosts'),
    paths: pathsOf(paths),
    listen: listen !== undefined && allowsAll(local) ? null : local,
    acceptFrom: acceptFrom === undefined ? null : policyOf(acceptFrom, 'options.acceptFrom'),
  };
}

function policyOf(given: unknown, option: string): AddressPolicy {
  if (typeof given !== 'object' || given === null) throw invalidArgType(option, 'an AddressPolicy, or options for one', given);
  if (typeof optionOf(given as Partial<AddressPolicy>, 'check') === 'function') return given as AddressPolicy;
  try {
    return addressPolicy(given);
  } catch (error) {
    throw named(error as Error, option);
  }
}

/** The errors of `addressPolicy` name its own argument. */
function named(error: Error & { code?: string }, option: string): Error {
  const message = error.message.replace(/(['"])options\b/, `$1${option}`);
  return error.code === undefined || message === error.message ? error : codedError(TypeError, error.code, message);
}

function allowsAll(policy: AddressPolicy): boolean {
  // One of the program's own may have its check alone.
  return policy.default === 'allow' && Array.isArray(policy.deny) && policy.deny.length === 0;
}

function pathsOf(given: unknown): ReadonlySet<string> | null {
  if (given === true) return null;
  if (given === undefined) return new Set();
  if (!Array.isArray(given)) throw invalidArgType('options.paths', 'true or an instance of Array', given);
  const paths = Array.from(given as readonly unknown[]);
  const odd = paths.findIndex((path) => typeof path !== 'string');
  if (odd >= 0) throw invalidArgType(`options.paths[${odd}]`, 'of type string', paths[odd]);
  if (paths.includes('')) throw invalidArgValue('options.paths', given, 'has an empty path');
  return new Set(paths as readonly string[]);
}
