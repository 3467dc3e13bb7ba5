import { codedError, invalidArgType } from '@netstrata/stream-core';
import { checkNames, conditionsOf } from '@netstrata/transport-memory';
import { checkTime, checkWhole } from '../base/check.js';
import { KINDS, type Fault, type FaultKind } from './fault.js';

const ON_HOST = ['kind', 'at', 'for', 'host'];
const BETWEEN = ['kind', 'at', 'for', 'from', 'to'];

/** What a fault of each kind consists of. */
const FIELDS: Readonly<Record<FaultKind, readonly string[]>> = {
  partition: [...BETWEEN, 'oneWay'],
  link: [...BETWEEN, 'link'],
  reset: ['kind', 'at', 'from', 'to', 'after'],
  'slow reader': [...ON_HOST, 'rate'],
  crash: ON_HOST, pause: ON_HOST, refuse: ON_HOST, ignore: ON_HOST, files: ON_HOST, ports: ON_HOST, name: ON_HOST,
};

/** Throws ERR_INVALID_ARG_VALUE, ERR_INVALID_ARG_TYPE or ERR_OUT_OF_RANGE for what is not a fault. */
export function checkFault(fault: Fault): void {
  checkKind(fault.kind);
  const fields = FIELDS[fault.kind];
  checkNames(fault, fields, `a fault of the kind '${fault.kind}'`);
  checkTime(fault.at, 'fault.at');
  if (fault.kind !== 'reset') checkTime(fault.for, 'fault.for');
  if (fault.kind === 'reset') checkWhole({ 'fault.after': fault.after });
  if (fault.kind === 'link') conditionsOf(fault.link);
  if (fault.kind === 'slow reader') checkWhole({ 'fault.rate': fault.rate }, 1);
  for (const name of ['from', 'to', 'host'].filter((field) => fields.includes(field))) {
    const ref = (fault as unknown as Record<string, unknown>)[name];
    const isRef = typeof ref === 'string' || (Number.isInteger(ref) && (ref as number) >= 0);
    if (!isRef) throw invalidArgType(`fault.${name}`, 'the name of a host, or its number', ref);
  }
}

export function checkKind(kind: FaultKind): void {
  if (KINDS.includes(kind)) return;
  throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `There is no fault of the kind '${kind}', but of ${KINDS.join(', ')}`);
}
