import { formatBytes } from '@netstrata/ip-utils/address';
import { decode } from '@netstrata/stream-core';
import type { Endpoint } from '@netstrata/transport';
import { crc32c } from './crc32c.js';
import { invalidHeader } from './errors.js';
import type { ProxyHeader } from './header.js';
import { CRC32C, detailsOf, vectorsOf } from './tlv.js';

/** What version 2 begins with. */
export const SIGNATURE = Uint8Array.of(0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a);

/** Signature, version and command, family and transport, length. */
export const FIXED_SIZE = 16;

/** The addresses of each family: unspecified, IPv4, IPv6, UNIX. */
const ADDRESS_SIZES = [0, 12, 36, 216];
const TRANSPORTS = ['unspecified', 'stream', 'datagram'] as const;
export const PATH_SIZE = 108;

/** Throws ERR_PROXY_HEADER_INVALID unless these bytes, from the signature on, may begin a header of version 2. */
export function checkStart(bytes: Uint8Array): void {
  if (bytes.length > 12 && bytes[12] !== 0x20 && bytes[12] !== 0x21) throw invalidHeader('has a version or a command that is unknown');
  // The family that comes with LOCAL is ignored (2.2).
  if (bytes.length <= 13 || bytes[12] === 0x20) return;
  if (bytes[13] >> 4 >= ADDRESS_SIZES.length || (bytes[13] & 15) >= TRANSPORTS.length) {
    throw invalidHeader('has a family or a transport that is unknown');
  }
}

/** What a whole header of version 2 says, of which the start was checked. Its vectors stay parts of the bytes. */
export function headerOfBlock(bytes: Uint8Array): ProxyHeader {
  if (bytes[12] === 0x20) return headerOf('local', 'unspecified', [null, null], {}, false);
  const family = bytes[13] >> 4;
  const transport = family === 0 ? 'unspecified' : TRANSPORTS[bytes[13] & 15];
  const from = FIXED_SIZE + ADDRESS_SIZES[family];
  if (transport === 'unspecified') return unspecified(bytes, from);
  if (bytes.length < from) throw invalidHeader('is too short for its addresses');
  const checked = isChecked(bytes, from);
  return headerOf('proxy', transport, addressesIn(bytes, family), detailsOf(bytes, from, bytes.length), checked);
}

/** Nothing says whether vectors follow: what does not look so is ignored, as the specification would have the addresses. */
function unspecified(bytes: Uint8Array, from: number): ProxyHeader {
  const details = vectorsIfAny(bytes, from);
  return headerOf('proxy', 'unspecified', [null, null], details ?? {}, details !== null && isChecked(bytes, from));
}

function vectorsIfAny(bytes: Uint8Array, from: number): object | null {
  try {
    return detailsOf(bytes, from, bytes.length);
  } catch {
    return null;
  }
}

function headerOf(
  command: ProxyHeader['command'], transport: ProxyHeader['transport'], [source, destination]: readonly (Endpoint | null)[],
  details: object, checked: boolean,
): ProxyHeader {
  const header = { version: 2, command, transport, source, destination, tlvs: Object.freeze([]), ...details, checked } as const;
  return Object.freeze(header);
}

/** Whether there is a checksum (2.2.3). Throws where it is wrong. */
function isChecked(bytes: Uint8Array, from: number): boolean {
  let checked = false;
  for (const { type, value, at } of vectorsOf(bytes, from, bytes.length)) {
    if (type !== CRC32C) continue;
    if (checked || value.length !== 4) throw invalidHeader('has a checksum that is none');
    const sum = value.reduce((number, byte) => number * 256 + byte, 0);
    if (sum !== crc32c(bytes, at)) throw invalidHeader('has a wrong checksum');
    checked = true;
  }
  return checked;
}

function addressesIn(bytes: Uint8Array, family: number): [Endpoint | null, Endpoint | null] {
  if (family === 3) return [pathIn(bytes, FIXED_SIZE), pathIn(bytes, FIXED_SIZE + PATH_SIZE)];
  const size = family === 1 ? 4 : 16;
  const endpoint = (place: 0 | 1): Endpoint => {
    const [at, port] = [FIXED_SIZE + place * size, FIXED_SIZE + 2 * size + place * 2];
    return Object.freeze({
      address: formatBytes(bytes.subarray(at, at + size)), port: (bytes[port] << 8) | bytes[port + 1],
      family: family === 1 ? 'IPv4' : 'IPv6',
    });
  };
  return [endpoint(0), endpoint(1)];
}

/** Up to the first NUL. An abstract name begins with one, and goes up to those at the end; an end without a name is null. */
function pathIn(bytes: Uint8Array, at: number): Endpoint | null {
  const field = bytes.subarray(at, at + PATH_SIZE);
  let size = field[0] === 0 ? PATH_SIZE : field.indexOf(0);
  if (size < 0) size = PATH_SIZE;
  while (size > 0 && field[size - 1] === 0) size--;
  return size === 0 ? null : Object.freeze({ path: decode(field.subarray(0, size), 'utf8') });
}
