import { formatBytes, parseAddress } from '@netstrata/ip-utils/address';
import { encode, invalidArgValue, joined } from '@netstrata/stream-core';
import { isPathEndpoint, type Endpoint, type InetEndpoint } from '@netstrata/transport';
import { FIXED_SIZE, PATH_SIZE, SIGNATURE } from './block.js';
import { crc32c } from './crc32c.js';
import { fieldsOf } from './fields.js';
import type { ProxyHeaderFields } from './header.js';
import { CRC32C, vector, vectorsFor } from './tlv.js';

/** Two addresses as they are written: their family, and one block of bytes. */
interface Block {
  readonly family: 0 | 1 | 2 | 3;
  readonly bytes: Uint8Array;
}

const UNSPECIFIED: Block = { family: 0, bytes: new Uint8Array(0) };

/**
 * A header as bytes. An IPv4 address beside an IPv6 one is written as mapped (`::ffff:192.0.2.1`), a zone is left out. What a version
 * cannot say is unspecified (`PROXY UNKNOWN` in version 1): no address, one that is an IP address and one that is a path, a path of more
 * than 108 bytes; in version 1 each path, `local`, `datagram`.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_SOCKET_BAD_PORT`
 * @example
 * ```js
 * import { encodeProxyHeader } from '@netstrata/transport-proxy-protocol';
 *
 * const source = { address: '203.0.113.7', port: 40_000, family: 'IPv4' };
 * const destination = { address: '10.0.0.1', port: 443, family: 'IPv4' };
 * const header = encodeProxyHeader({ version: 1, source, destination });
 * console.log(new TextDecoder().decode(header).trim()); // prints PROXY TCP4 203.0.113.7 10.0.0.1 40000 443
 * ```
 */
export function encodeProxyHeader(given: ProxyHeaderFields): Uint8Array {
  const fields = fieldsOf(given);
  return fields.version === 1 ? encode(lineOf(fields), 'latin1') : blockOf(fields);
}

// ---- version 1 --------------------------------------------------------------------------------------------------------

function lineOf({ command, transport, source, destination }: ProxyHeaderFields): string {
  const pair = command === 'local' || (transport ?? 'stream') !== 'stream' ? null : inetPair(source, destination);
  if (pair === null) return 'PROXY UNKNOWN\r\n';
  const [from, to] = pair;
  return `PROXY TCP${from.length === 4 ? 4 : 6} ${formatBytes(from)} ${formatBytes(to)} ${portOf(source)} ${portOf(destination)}\r\n`;
}

// ---- version 2 --------------------------------------------------------------------------------------------------------

function blockOf(fields: ProxyHeaderFields): Uint8Array {
  const isLocal = fields.command === 'local';
  const { family, bytes } = isLocal || fields.transport === 'unspecified' ? UNSPECIFIED : addressBlock(fields);
  const vectors = vectorsFor(fields);
  const sum = fields.crc === true ? vector(CRC32C, new Uint8Array(4), 'crc') : null;
  if (sum !== null) vectors.push(sum);
  const rest = joined([bytes, ...vectors]);
  if (rest.length > 0xffff) throw invalidArgValue('fields', fields, 'must fit into 65535 bytes');
  const start = Uint8Array.of(
    ...SIGNATURE, isLocal ? 0x20 : 0x21, family === 0 ? 0 : (family << 4) | (fields.transport === 'datagram' ? 2 : 1),
    rest.length >> 8, rest.length & 0xff,
  );
  const header = joined([start, rest]);
  // It is the last vector, and its value is 0 so far.
  if (sum !== null) new DataView(header.buffer, header.byteOffset).setUint32(FIXED_SIZE + rest.length - 4, crc32c(header));
  return header;
}

function addressBlock({ source, destination }: ProxyHeaderFields): Block {
  const pair = inetPair(source, destination);
  if (pair === null) return pathBlock(source ?? null, destination ?? null);
  const ports = [portOf(source), portOf(destination)].flatMap((port) => [port >> 8, port & 0xff]);
  return { family: pair[0].length === 4 ? 1 : 2, bytes: joined([...pair, Uint8Array.from(ports)]) };
}

/** One of both may be unknown, as that of a client of a UNIX socket mostly is. */
function pathBlock(source: Endpoint | null, destination: Endpoint | null): Block {
  const ends = [source, destination];
  if ((source === null && destination === null) || ends.some((end) => end !== null && !isPathEndpoint(end))) return UNSPECIFIED;
  const paths = ends.map((end) => (end === null ? new Uint8Array(0) : encode((end as { path: string }).path, 'utf8')));
  if (paths.some((path) => path.length > PATH_SIZE)) return UNSPECIFIED;
  const bytes = new Uint8Array(2 * PATH_SIZE);
  paths.forEach((path, i) => bytes.set(path, i * PATH_SIZE));
  return { family: 3, bytes };
}

// ---- both -------------------------------------------------------------------------------------------------------------

/** Both addresses as bytes, of one length; null unless both are. */
function inetPair(source: Endpoint | null | undefined, destination: Endpoint | null | undefined): [Uint8Array, Uint8Array] | null {
  if (!source || !destination || isPathEndpoint(source) || isPathEndpoint(destination)) return null;
  const [from, to] = [source, destination].map(({ address }) => parseAddress(address)!.bytes);
  return from.length === to.length ? [from, to] : [mapped(from), mapped(to)];
}

/** RFC 4291, 2.5.5.2. */
function mapped(bytes: Uint8Array): Uint8Array {
  return bytes.length === 16 ? bytes : Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...bytes);
}

const portOf = (endpoint: Endpoint | null | undefined): number => (endpoint as InetEndpoint).port;
