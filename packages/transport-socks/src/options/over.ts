import { optionOf } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';
import { wrongType } from './checks.js';

/** Throws ERR_INVALID_ARG_TYPE for what is no transport. */
export function transportOf(name: string, given: Transport | undefined): Transport {
  const isTransport = typeof given === 'object' && given !== null && typeof optionOf(given, 'connect') === 'function';
  if (!isTransport) throw wrongType(name, 'a Transport', given);
  return given;
}
