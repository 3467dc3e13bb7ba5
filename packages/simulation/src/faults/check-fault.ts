import { codedError, invalidArgType } from '@netstrata/stream-core';
import { checkTime } from '../base/check.js';
import { KINDS, type Fault, type FaultKind } from './fault.js';

/** Throws ERR_INVALID_ARG_VALUE, ERR_INVALID_ARG_TYPE or ERR_OUT_OF_RANGE for what is not a fault. */
export function checkFault(fault: Fault): void {
  checkKind(fault.kind);
  checkTime(fault.at, 'fault.at');
  if (fault.kind !== 'reset') checkTime(fault.for, 'fault.for');
  const refs = ['partition', 'link', 'reset'].includes(fault.kind) ? ['from', 'to'] : ['host'];
  for (const name of refs) {
    const ref = (fault as unknown as Record<string, unknown>)[name];
    const isRef = typeof ref === 'string' || (Number.isInteger(ref) && (ref as number) >= 0);
    if (!isRef) throw invalidArgType(`fault.${name}`, 'the name of a host, or its number', ref);
  }
}

export function checkKind(kind: FaultKind): void {
  if (KINDS.includes(kind)) return;
  throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `There is no fault of the kind '${kind}', but of ${KINDS.join(', ')}`);
}
