import { isSystemError, systemError, type SystemErrorFields } from '@netstrata/transport';

/** A medium's own reason as a system error, which it may be already. */
export function failure(fields: SystemErrorFields, reason: unknown): Error {
  return isSystemError(reason) ? reason : Object.assign(systemError(fields), { cause: reason });
}
