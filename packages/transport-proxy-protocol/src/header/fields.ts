import { isIP } from '@netstrata/ip-utils';
import { invalidArgType, invalidArgValue, isByteArray, optionOf, optionsOf } from '@netstrata/stream-core';
import { checkPort, type Endpoint } from '@netstrata/transport';
import type { ProxyHeaderFields, ProxyTls, ProxyTlv } from './header.js';
import { hasControls } from './tlv.js';

const FIELDS = [
  'version', 'command', 'transport', 'source', 'destination', 'crc', 'alpn', 'authority', 'uniqueId', 'tls', 'netns', 'tlvs',
] as const;
const DETAILS = ['alpn', 'authority', 'uniqueId', 'tls', 'netns', 'tlvs', 'crc'] as const;
const TEXTS = ['alpn', 'authority', 'netns'] as const;
const TLS_TEXTS = ['version', 'commonName', 'cipher', 'signatureAlgorithm', 'keyAlgorithm'] as const;
const TLS_FLAGS = ['encrypted', 'certificate', 'sessionCertificate'] as const;

/** What a header is to say, checked. Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_SOCKET_BAD_PORT. */
export function fieldsOf(given: ProxyHeaderFields): ProxyHeaderFields {
  if (typeof given !== 'object' || (given as unknown) === null) throw invalidArgType('fields', 'of type object', given);
  const fields = optionsOf(given, FIELDS);
  oneOf('version', fields.version, [1, 2]);
  if (fields.command !== undefined) oneOf('command', fields.command, ['proxy', 'local']);
  if (fields.transport !== undefined) oneOf('transport', fields.transport, ['stream', 'datagram', 'unspecified']);
  if (fields.version === 1) {
    const unsaid = DETAILS.find((name) => fields[name] !== undefined && !isEmpty(fields[name]));
    if (unsaid !== undefined) throw invalidArgValue(unsaid, fields[unsaid], 'needs version 2');
  }
  for (const name of TEXTS) checkText(name, fields[name]);
  if (fields.alpn !== undefined && /[^\0-\xff]/.test(fields.alpn)) {
    throw invalidArgValue('alpn', fields.alpn, 'must have characters of one byte');
  }
  if (fields.uniqueId !== undefined) checkBytes('uniqueId', fields.uniqueId);
  if (fields.crc !== undefined && typeof fields.crc !== 'boolean') throw invalidArgType('crc', 'of type boolean', fields.crc);
  return {
    ...fields, tls: fields.tls && tlsOf(fields.tls), tlvs: tlvsOf('tlvs', fields.tlvs),
    source: endpointOf('source', fields.source), destination: endpointOf('destination', fields.destination),
  };
}

/** What says nothing can be said in every version: as a header that was received has it. */
function isEmpty(value: unknown): boolean {
  return value === false || (Array.isArray(value) && value.length === 0);
}

function oneOf(name: string, value: unknown, values: readonly unknown[]): void {
  if (!values.includes(value)) throw invalidArgValue(name, value, `must be one of: ${values.map((one) => JSON.stringify(one)).join(', ')}`);
}

function checkText(name: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'string') throw invalidArgType(name, 'of type string', value);
  if (name !== 'alpn' && hasControls(value)) throw invalidArgValue(name, value, 'must be without control characters');
}

function checkBytes(name: string, value: unknown): void {
  if (!isByteArray(value)) throw invalidArgType(name, 'an instance of Buffer or Uint8Array', value);
}

function endpointOf(name: string, given: Endpoint | null | undefined): Endpoint | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'object') throw invalidArgType(name, 'an endpoint', given);
  const { path, address, port } = optionsOf(given as { path?: unknown; address?: unknown; port?: unknown }, ['path', 'address', 'port']);
  if (path !== undefined) {
    if (typeof path !== 'string' || path === '') throw invalidArgValue(`${name}.path`, path, 'must be a non-empty string');
    // An abstract name begins with one.
    if (path.indexOf('\0', 1) > 0) throw invalidArgValue(`${name}.path`, path, 'must be without null bytes');
    return { path };
  }
  if (typeof address !== 'string' || isIP(address) === 0) throw invalidArgValue(`${name}.address`, address, 'must be an IP address');
  checkPort(port);
  return { address, port: port as number, family: isIP(address) === 4 ? 'IPv4' : 'IPv6' };
}

function tlvsOf(name: string, given: readonly ProxyTlv[] | undefined): readonly ProxyTlv[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw invalidArgType(name, 'an instance of Array', given);
  return Array.from(given as readonly ProxyTlv[], (tlv) => {
    if (typeof tlv !== 'object' || (tlv as unknown) === null) throw invalidArgType(`${name} argument`, 'a list of { type, value }', tlv);
    const { type, value } = optionsOf(tlv, ['type', 'value']);
    if (!Number.isInteger(type) || type < 0 || type > 255) throw invalidArgValue(`${name}.type`, type, 'must be an integer from 0 to 255');
    checkBytes(`${name}.value`, value);
    return { type, value };
  });
}

function tlsOf(given: ProxyTls): ProxyTls {
  if (typeof given !== 'object') throw invalidArgType('tls', 'of type object', given);
  const verify: unknown = optionOf(given, 'verify') ?? 0;
  if (!Number.isInteger(verify) || (verify as number) < 0 || (verify as number) > 0xffffffff) {
    throw invalidArgValue('tls.verify', verify, 'must be an integer of 32 bits');
  }
  const texts = optionsOf(given, TLS_TEXTS);
  for (const name of TLS_TEXTS) checkText(`tls.${name}`, texts[name]);
  const [encrypted, certificate, sessionCertificate] = TLS_FLAGS.map((name) => optionOf(given, name) === true);
  return {
    ...texts, encrypted, certificate, sessionCertificate, verify: verify as number, tlvs: tlvsOf('tls.tlvs', optionOf(given, 'tlvs')),
  };
}
