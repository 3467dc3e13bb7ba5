import { decode, encode, invalidArgValue, joined } from '@netstrata/stream-core';
import { invalidHeader } from './errors.js';
import type { ProxyDetails, ProxyTls, ProxyTlv } from './header.js';

// Types of the specification, 2.2.
const ALPN = 0x01;
const AUTHORITY = 0x02;
export const CRC32C = 0x03;
const NOOP = 0x04;
const UNIQUE_ID = 0x05;
const TLS = 0x20;
const NETNS = 0x30;

const TLS_TEXTS = {
  version: 0x21, commonName: 0x22, cipher: 0x23, signatureAlgorithm: 0x24, keyAlgorithm: 0x25,
} as const;

const LONGEST_ID = 128;

/** What could do more than be read where a name is printed, or end it where one is compared. */
export const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

/** Names and the like: what a program prints and compares. */
function textOf(bytes: Uint8Array): string {
  const text = decode(bytes, 'utf8');
  if (hasControls(text)) throw invalidHeader('has a name with control characters');
  return text;
}

const bytesOf = (text: string): Uint8Array => encode(text, 'utf8');
/** ALPN identifiers are bytes (RFC 7301): each is one character. */
const charactersOf = (bytes: Uint8Array): string => decode(bytes, 'latin1');
const ofCharacters = (text: string): Uint8Array => encode(text, 'latin1');

// ---- reading ----------------------------------------------------------------------------------------------------------

/** The vectors in a part of a header, with where each value begins. */
export function* vectorsOf(bytes: Uint8Array, from: number, to: number): Generator<ProxyTlv & { readonly at: number }> {
  for (let at = from; at < to; ) {
    const size = at + 3 > to ? Infinity : (bytes[at + 1] << 8) | bytes[at + 2];
    if (at + 3 + size > to) throw invalidHeader('has a vector that is longer than what there is');
    yield { type: bytes[at], value: bytes.subarray(at + 3, at + 3 + size), at: at + 3 };
    at += 3 + size;
  }
}

type Details = { -readonly [Name in keyof ProxyDetails]: ProxyDetails[Name] } & { tlvs: ProxyTlv[] };

/** What the vectors say. Of several of one type the first counts; the others are kept as they are. */
export function detailsOf(bytes: Uint8Array, from: number, to: number): Details {
  const details: Details = { tlvs: [] };
  for (const { type, value } of vectorsOf(bytes, from, to)) {
    if (type === CRC32C || type === NOOP) continue;
    if (type === ALPN && details.alpn === undefined) details.alpn = charactersOf(value);
    else if (type === AUTHORITY && details.authority === undefined) details.authority = textOf(value);
    else if (type === UNIQUE_ID && details.uniqueId === undefined) details.uniqueId = idOf(value);
    else if (type === TLS && details.tls === undefined) details.tls = tlsOf(value);
    else if (type === NETNS && details.netns === undefined) details.netns = textOf(value);
    else details.tlvs.push(Object.freeze({ type, value }));
  }
  Object.freeze(details.tlvs);
  return details;
}

function idOf(value: Uint8Array): Uint8Array {
  if (value.length > LONGEST_ID) throw invalidHeader(`has a unique id of more than ${LONGEST_ID} bytes`);
  return value;
}

function tlsOf(value: Uint8Array): ProxyTls {
  if (value.length < 5) throw invalidHeader('has a vector for TLS that is too short');
  const [bits, ...verify] = value.subarray(0, 5);
  const tlvs: ProxyTlv[] = [];
  const tls: { -readonly [Name in keyof ProxyTls]: ProxyTls[Name] } = {
    encrypted: (bits & 1) !== 0, certificate: (bits & 2) !== 0, sessionCertificate: (bits & 4) !== 0,
    verify: verify.reduce((number, byte) => number * 256 + byte, 0),
    tlvs,
  };
  for (const { type, value: text } of vectorsOf(value, 5, value.length)) {
    const name = (Object.keys(TLS_TEXTS) as (keyof typeof TLS_TEXTS)[]).find((one) => TLS_TEXTS[one] === type);
    if (name !== undefined && tls[name] === undefined) tls[name] = textOf(text);
    else tlvs.push(Object.freeze({ type, value: text }));
  }
  Object.freeze(tlvs);
  return Object.freeze(tls);
}

// ---- writing ----------------------------------------------------------------------------------------------------------

/** The vectors for what has been checked already. */
export function vectorsFor(details: ProxyDetails): Uint8Array[] {
  const { alpn, authority, uniqueId, tls, netns, tlvs = [] } = details;
  const vectors: Uint8Array[] = [];
  if (alpn !== undefined) vectors.push(vector(ALPN, ofCharacters(alpn), 'alpn'));
  if (authority !== undefined) vectors.push(vector(AUTHORITY, bytesOf(authority), 'authority'));
  if (uniqueId !== undefined) {
    if (uniqueId.length > LONGEST_ID) throw invalidArgValue('uniqueId', uniqueId, `must have ${LONGEST_ID} bytes at most`);
    vectors.push(vector(UNIQUE_ID, uniqueId, 'uniqueId'));
  }
  if (tls !== undefined) vectors.push(vector(TLS, tlsBytes(tls), 'tls'));
  if (netns !== undefined) vectors.push(vector(NETNS, bytesOf(netns), 'netns'));
  for (const { type, value } of tlvs) vectors.push(vector(type, value, 'tlvs'));
  return vectors;
}

export function vector(type: number, value: Uint8Array, name: string): Uint8Array {
  if (value.length > 0xffff) throw invalidArgValue(name, value, 'must have 65535 bytes at most');
  const bytes = new Uint8Array(3 + value.length);
  bytes.set([type, value.length >> 8, value.length & 0xff]);
  bytes.set(value, 3);
  return bytes;
}

function tlsBytes(tls: ProxyTls): Uint8Array {
  const { verify } = tls;
  const bits = Number(tls.encrypted) | (Number(tls.certificate) << 1) | (Number(tls.sessionCertificate) << 2);
  const parts: Uint8Array[] = [Uint8Array.of(bits, verify >>> 24, verify >>> 16, verify >>> 8, verify)];
  for (const name of Object.keys(TLS_TEXTS) as (keyof typeof TLS_TEXTS)[]) {
    const text = tls[name];
    if (text !== undefined) parts.push(vector(TLS_TEXTS[name], bytesOf(text), `tls.${name}`));
  }
  for (const { type, value } of tls.tlvs ?? []) parts.push(vector(type, value, 'tls.tlvs'));
  return joined(parts);
}
