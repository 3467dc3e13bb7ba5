import { invalidArgType, optionOf } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';

/** Throws ERR_INVALID_ARG_TYPE, which says what is missing, for what is no transport: a whole net, for one. */
export function checkTransport(value: unknown, name: string): asserts value is Transport {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject) throw invalidArgType(name, 'a Transport', value);
  const given = value as Partial<Transport>;
  const missing: string[] = [];
  if (typeof optionOf(given, 'connect') !== 'function') missing.push('`connect`');
  const capabilities: unknown = optionOf(given, 'capabilities');
  if (typeof capabilities !== 'object' || capabilities === null) missing.push('`capabilities`');
  if (missing.length > 0) throw invalidArgType(name, `a Transport: it has no ${missing.join(' and no ')}`, value);
}
