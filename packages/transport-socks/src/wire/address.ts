import { embeddedIPv4, formatBytes, parseAddress } from '@netstrata/ip-utils/address';
import { isNameEndpoint, type InetEndpoint, type NameEndpoint } from '@netstrata/transport';
import type { ByteReader } from '@netstrata/stream-core/reader';
import { concat, encode } from './bytes.js';
import { Malformed } from './malformed.js';

/** Where a message of SOCKS5 leads: ATYP, address, port. */
export type Place = InetEndpoint | NameEndpoint;

const IPV4 = 1;
const NAME = 3;
const IPV6 = 4;

/** Version, command or reply, and a reserved byte come before ATYP. */
const BEFORE = 3;

/** An address in bytes: one that is IPv4 in IPv6 as IPv4. Zones mean nothing elsewhere. */
export function bytesOf(address: string): Uint8Array {
  const { bytes } = parseAddress(address)!;
  const inside = embeddedIPv4(bytes);
  return inside?.embedding === 'mapped' ? inside.bytes : bytes;
}

export function inetOf(bytes: Uint8Array, port: number): InetEndpoint {
  const inside = bytes.length === 16 ? embeddedIPv4(bytes) : null;
  const plain = inside?.embedding === 'mapped' ? inside.bytes : bytes;
  return { address: formatBytes(plain), port, family: plain.length === 4 ? 'IPv4' : 'IPv6' };
}

/** A message of SOCKS5: a request (`code` is the command) or a reply. The name has to be one that can be sent. */
export function encodeMessage(code: number, place: Place): Uint8Array {
  return concat([5, code, 0], encodePlace(place), [place.port >> 8, place.port & 255]);
}

function encodePlace(place: Place): Uint8Array {
  if (isNameEndpoint(place)) {
    const name = encode(place.host);
    return concat([NAME, name.length], name);
  }
  const bytes = bytesOf(place.address);
  return concat([bytes.length === 4 ? IPV4 : IPV6], bytes);
}

export interface Message {
  readonly code: number;
  /** The text of a name is whatever was sent: latin1. */
  readonly place: Place;
}

/** The next message, as soon as it is whole; null before. Throws Malformed. */
export function readMessage(reader: ByteReader): Message | null {
  const head = reader.peek(BEFORE + 1);
  if (head === null) {
    checkVersion(reader);
    return null;
  }
  if (head[0] !== 5) throw new Malformed('another version of SOCKS');
  const [, code, , type] = head;
  const size = sizeOfAddress(reader, type);
  if (size === null || reader.length < BEFORE + 1 + size + 2) return null;
  reader.skip(BEFORE + 1);
  const bytes = reader.take(size)!;
  const port = reader.uint16()!;
  return { code, place: type === NAME ? { host: latin1(bytes.subarray(1)), port } : inetOf(bytes, port) };
}

/** What can be told from the first byte is told then. */
export function checkVersion(reader: ByteReader): void {
  const first = reader.peek(1);
  if (first !== null && first[0] !== 5) throw new Malformed('another version of SOCKS');
}

/** With the length of a name, which comes before it; null while that has not come. */
function sizeOfAddress(reader: ByteReader, type: number): number | null {
  if (type === IPV4) return 4;
  if (type === IPV6) return 16;
  if (type !== NAME) throw new Malformed('an unknown type of address');
  const head = reader.peek(BEFORE + 2);
  return head === null ? null : 1 + head[BEFORE + 1];
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
