import { ByteReader } from '@netstrata/stream-core/reader';
import { encodeProxyHeader, parseProxyHeader } from '@netstrata/transport-proxy-protocol';
import { V1ProxyProtocol, V2ProxyProtocol } from 'proxy-protocol-js';

/** @typedef {{ source: string | null, rest: string, more?: object }} Parsed */
/** @typedef {(pieces: Uint8Array[], version: 1 | 2) => Parsed | null} Parse throws what is no header; null asks for more bytes */

/** @type {Parse} */
function byUs(pieces) {
  const reader = new ByteReader();
  let header = 'more';
  for (const piece of pieces) {
    reader.push(piece);
    if (header === 'more') header = parseProxyHeader(reader);
  }
  if (header === 'more') return null;
  if (header === 'none') throw new Error('no header');
  return { source: header.source?.address ?? null, rest: Buffer.from(reader.release()).toString(), more: header };
}

/** It takes all bytes at once: whoever reads from a socket has to know when they are all there. @type {Parse} */
function byProxyProtocolJs(pieces, version) {
  for (let i = 1; i <= pieces.length; i += 1) {
    const bytes = Buffer.concat(pieces.slice(0, i));
    const found = version === 1 ? V1ProxyProtocol.parse(bytes.toString('latin1')) : V2ProxyProtocol.parse(bytes);
    if (found === null) continue;
    const address = version === 1 ? found.source?.ipAddress : found.proxyAddress?.sourceAddress?.address;
    return { source: Array.isArray(address) ? address.join('.') : (address ?? null), rest: Buffer.from(found.data ?? '').toString(), more: found };
  }
  throw new Error('no header');
}

/** @type {Record<string, Parse>} */
export const HEADERS = { 'transport-proxy-protocol': byUs, 'proxy-protocol-js': byProxyProtocolJs };

const source = { address: '192.0.2.7', port: 4711, family: 'IPv4' };
const destination = { address: '203.0.113.1', port: 443, family: 'IPv4' };
const encoded = (version, more) => Buffer.from(encodeProxyHeader({ version, source, destination, ...more }));
const inPieces = (bytes) => Array.from(bytes, (byte) => Buffer.of(byte));
const behind = Buffer.from('GET /');

function tried(work, ifThrown = 'refused') {
  try {
    return work();
  } catch (error) {
    return error instanceof RangeError || error instanceof TypeError ? `throws ${error.name}` : ifThrown;
  }
}

/** Whether source and rest come out as they went in. */
const reads = (parse, pieces, version, wanted = '192.0.2.7') =>
  tried(() => {
    const found = parse(pieces, version);
    if (found === null) return 'asks for more';
    if (found.source !== wanted) return `reads ${found.source ?? 'no address'}`;
    return found.rest === 'GET /' ? 'yes' : `and gives “${found.rest.replaceAll(/[^ -~]/g, '.').slice(0, 20)}” as data`;
  }, 'takes it for no header');

const refuses = (parse, bytes, version) => tried(() => (parse([bytes], version) === null ? 'asks for more' : '**taken**'));

/** What is tried with each, by what the table calls it. @type {Record<string, (parse: Parse) => Promise<string> | string>} */
export const HEADER_PROBES = {
  'version 1, whole, with what follows': (parse) => reads(parse, [Buffer.concat([encoded(1), behind])], 1),
  'version 1, byte by byte': (parse) => reads(parse, inPieces(Buffer.concat([encoded(1), behind])), 1),
  'version 2, whole, with what follows': (parse) => reads(parse, [Buffer.concat([encoded(2), behind])], 2),
  'version 2, byte by byte': (parse) => reads(parse, inPieces(Buffer.concat([encoded(2), behind])), 2),
  'version 2 with authority, ALPN and a checksum': (parse) => reads(parse, [Buffer.concat([encoded(2, { authority: 'example.org', alpn: 'h2', crc: true }), behind])], 2),
  'what these say': (parse) =>
    tried(() => {
      const { more } = parse([encoded(2, { authority: 'example.org', alpn: 'h2' })], 2);
      return more.authority === 'example.org' && more.alpn === 'h2' ? 'fields' : 'bytes';
    }),
  '`PROXY UNKNOWN`': (parse) => reads(parse, [Buffer.from('PROXY UNKNOWN\r\nGET /')], 1, null),
  'a wrong checksum': (parse) => {
    const bytes = encoded(2, { crc: true });
    bytes[bytes.length - 1] ^= 1;
    return refuses(parse, bytes, 2);
  },
  'an address that is none (`PROXY TCP4 1.2.3 ...`)': (parse) => refuses(parse, Buffer.from('PROXY TCP4 1.2.3 203.0.113.1 4711 443\r\n'), 1),
  'a port that is none (`99999`)': (parse) => refuses(parse, Buffer.from('PROXY TCP4 192.0.2.7 203.0.113.1 99999 443\r\n'), 1),
  'a length that is too short for the addresses': (parse) => {
    const bytes = encoded(2);
    bytes[15] = 4;
    return refuses(parse, bytes, 2);
  },
};
