import { invalidArgValue } from '@netstrata/stream-core';
import { textsOf } from '@netstrata/transport/layers';

/** A token of HTTP (RFC 9110 section 5.6.2), as a subprotocol has to be. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Subprotocols, each once. Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE. */
export function protocolsOf(given: unknown): readonly string[] {
  const protocols = textsOf('options.protocols', given ?? []);
  if (new Set(protocols).size < protocols.length || !protocols.every((one) => TOKEN.test(one))) {
    throw invalidArgValue('options.protocols', '...', 'must be tokens of HTTP, each once');
  }
  return protocols;
}
