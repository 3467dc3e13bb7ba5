import { codedError } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';
import { EncryptedConnection } from './encrypted-connection.js';
import { wrapTransport } from './wrap-transport.js';

/**
 * A transport that encrypts what goes over another one, for those who share a secret of 32 random bytes. Whoever lacks it reads nothing
 * but lengths, and changes nothing without being noticed.
 */
export function encrypted(transport: Transport, secret: Uint8Array): Transport {
  if (secret.length !== 32) throw codedError(RangeError, 'ERR_OUT_OF_RANGE', `The secret must have 32 bytes. Received ${secret.length}`);
  return wrapTransport('encrypted', transport, (dialling, endpoint) => new EncryptedConnection(secret, dialling, endpoint));
}
