import type { AddressRule } from '@netstrata/ip-utils/policy';
import { systemError, type ListenEndpoint, type NameEndpoint, type SystemError } from '@netstrata/transport';

const CODE = 'ERR_ADDRESS_DENIED';
/** EACCES: what programs know for "not allowed" by its number. */
const EACCES = -13;

/** What a guard does not let pass: a system error, with the `address` and `port` that were dialled or listened on. */
export interface AddressDenied extends SystemError {
  /** Tells it from errors of the system. */
  code: 'ERR_ADDRESS_DENIED';
  /** What was to be done. */
  syscall: 'connect' | 'listen';
  /** The rule of the policy that has denied it, as it was written; null where no rule allows it. */
  rule: AddressRule | null;
}

export function addressDenied(
  syscall: 'connect' | 'listen', endpoint: ListenEndpoint | NameEndpoint, rule: AddressRule | null,
): AddressDenied {
  const text = typeof rule === 'string' ? `denied by the rule ${rule}:` : 'not allowed by the policy:';
  const error = systemError({ errno: EACCES, code: CODE, syscall, endpoint, text }) as AddressDenied;
  error.rule = rule;
  return error;
}
