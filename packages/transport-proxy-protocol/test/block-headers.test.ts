import { ByteReader } from '@netstrata/stream-core/reader';
import { describe, expect, it } from 'vitest';
import { encodeProxyHeader, parseProxyHeader, type ParseOptions, type ProxyHeader } from '../src/index.js';
import { blockStart, CLIENT, SITE } from './support/lab.js';

function parse(bytes: Uint8Array, options?: ParseOptions): ReturnType<typeof parseProxyHeader> {
  const reader = new ByteReader();
  reader.push(bytes);
  return parseProxyHeader(reader, options);
}

const header = (bytes: Uint8Array): ProxyHeader => parse(bytes) as ProxyHeader;
const INET = [203, 0, 113, 7, 198, 51, 100, 1, 0x9c, 0x40, 0x01, 0xbb];
const inet = (...vectors: number[]): Uint8Array => Buffer.concat([blockStart(0x21, 0x11, 12 + vectors.length), Uint8Array.from([...INET, ...vectors])]);
const refused = expect.objectContaining({ code: 'ERR_PROXY_HEADER_INVALID' }) as unknown as Error;

describe('a header of version 2', () => {
  it('names IPv4 and IPv6 addresses and ports', () => {
    expect(header(inet())).toEqual({ version: 2, command: 'proxy', transport: 'stream', source: CLIENT, destination: SITE, tlvs: [], checked: false });
    const six = Buffer.concat([blockStart(0x21, 0x21, 36), Buffer.from(`20010db8${'0'.repeat(24)}`, 'hex'), Buffer.alloc(15), Uint8Array.of(1, 0, 1, 255, 255)]);
    expect(header(six)).toMatchObject({
      source: { address: '2001:db8::', port: 1, family: 'IPv6' }, destination: { address: '::1', port: 65535, family: 'IPv6' },
    });
  });

  it('names paths: abstract ones too, and those that fill their field; an end without a name is null', () => {
    const paths = (source: string, destination: string): unknown[] => {
      const block = Buffer.concat([blockStart(0x21, 0x31, 216), Buffer.alloc(216)]);
      block.write(source, 16);
      block.write(destination, 124);
      const { source: from, destination: to } = header(block);
      return [from, to];
    };
    expect(paths('', '/run/app.sock')).toEqual([null, { path: '/run/app.sock' }]);
    expect(paths('\0name', 'x'.repeat(108))).toEqual([{ path: '\0name' }, { path: 'x'.repeat(108) }]);
    expect(paths('/a\0/b', '/c')).toEqual([{ path: '/a' }, { path: '/c' }]);
  });

  it('of LOCAL names nobody, whatever family and addresses come with it', () => {
    const local = { version: 2, command: 'local', transport: 'unspecified', source: null, destination: null, tlvs: [] };
    expect(header(blockStart(0x20, 0, 0))).toMatchObject(local);
    expect(header(Buffer.concat([blockStart(0x20, 0xff, 3), Buffer.from('abc')]))).toMatchObject(local);
  });

  it('of no family, or no transport, names nobody, and may have vectors', () => {
    const vector = [0x02, 0, 1, 0x61];
    expect(header(Buffer.concat([blockStart(0x21, 0, 4), Uint8Array.from(vector)]))).toMatchObject({ source: null, authority: 'a' });
    expect(header(Buffer.concat([blockStart(0x21, 0, 2), Buffer.from('xx')]))).toMatchObject({ source: null, tlvs: [] });
    expect(header(Buffer.concat([blockStart(0x21, 0x10, 12), Uint8Array.from(INET)]))).toMatchObject({ source: null, transport: 'unspecified' });
  });

  it('of datagrams says so', () => {
    const block = inet();
    block[13] = 0x12;
    expect(header(block)).toMatchObject({ transport: 'datagram', source: CLIENT });
  });

  it.each(Object.entries({
    'another version': blockStart(0x11, 0x11, 0), 'another command': blockStart(0x22, 0x11, 0), 'another family': blockStart(0x21, 0x41, 0),
    'another transport': blockStart(0x21, 0x13, 0), 'less than its addresses': Buffer.concat([blockStart(0x21, 0x11, 11), Buffer.alloc(11)]),
    'half a vector': inet(1, 0), 'a vector that is too long': inet(1, 0, 2, 0x68), 'TLS that is too short': inet(0x20, 0, 4, 0, 0, 0, 0),
    'a vector in TLS that is too long': inet(0x20, 0, 8, 1, 0, 0, 0, 0, 0x21, 0, 1), 'a checksum of two bytes': inet(3, 0, 2, 0, 0),
    'a line feed in its authority': inet(2, 0, 3, 0x61, 10, 0x62), 'a NUL in its namespace': inet(0x30, 0, 2, 0x61, 0),
    'a NUL in a common name': inet(0x20, 0, 11, 1, 0, 0, 0, 0, 0x22, 0, 3, 0x61, 0, 0x62),
    'an escape of terminals in a cipher': inet(0x20, 0, 10, 1, 0, 0, 0, 0, 0x23, 0, 2, 0xc2, 0x9b),
    'a unique id of 129 bytes': inet(5, 0, 129, ...Buffer.alloc(129)),
  }))('with %s is refused', (_what, bytes) => {
    expect(() => parse(bytes)).toThrow(refused);
  });

  it('is refused by its 13th byte, without waiting for more', () => {
    expect(() => parse(blockStart(0x31, 0, 0).subarray(0, 13))).toThrow(refused);
  });

  it('is refused as soon as it has said that it is too large', () => {
    const large = expect.objectContaining({ code: 'ERR_PROXY_HEADER_TOO_LARGE' }) as unknown as Error;
    expect(() => parse(blockStart(0x21, 0x11, 4097))).toThrow(large);
    expect(parse(blockStart(0x21, 0x11, 4096))).toBe('more');
    expect(() => parse(blockStart(0x21, 0x11, 13), { maxHeader: 12 })).toThrow(large);
    expect(parse(blockStart(0x21, 0x11, 65535), { maxHeader: 65535 })).toBe('more');
  });

  it('gives what its vectors say; of several of a type the first counts, the others are kept, padding is not', () => {
    const tls = [0x20, 0, 13, 5, 0, 0, 0, 9, 0x21, 0, 2, 0x76, 0x31, 0x30, 0, 0];
    tls[2] = tls.length - 3;
    const bytes = inet(
      1, 0, 2, 0x68, 0x32, 2, 0, 1, 0x61, 2, 0, 1, 0x62, 4, 0, 2, 9, 9, 5, 0, 2, 7, 8, 0x30, 0, 1, 0x6e, 0xe0, 0, 1, 42, ...tls,
    );
    expect(header(bytes)).toMatchObject({
      alpn: 'h2', authority: 'a', netns: 'n', uniqueId: Buffer.of(7, 8),
      tlvs: [{ type: 2, value: Buffer.of(0x62) }, { type: 0xe0, value: Buffer.of(42) }],
      tls: { encrypted: true, certificate: false, sessionCertificate: true, verify: 9, version: 'v1', tlvs: [{ type: 0x30 }] },
    });
  });

  it('of a health check of AWS, as it was seen on a wire, says LOCAL, and nothing of what it has behind it', () => {
    const bytes = Buffer.concat([blockStart(0x20, 0x11, 84), Buffer.of(3, 0, 4, 0xbc, 0xe5, 0x95, 0x1f, 4, 0, 0x4a), Buffer.alloc(74)]);
    expect(header(bytes)).toEqual({
      version: 2, command: 'local', transport: 'unspecified', source: null, destination: null, tlvs: [], checked: false,
    });
  });

  it('holds no memory but its own', () => {
    const bytes = Buffer.concat([inet(5, 0, 1, 7), Buffer.from('the bytes of somebody else')]);
    expect(Buffer.from(header(bytes).uniqueId!.buffer).includes('somebody')).toBe(false);
  });
});

describe('a checksum', () => {
  const checked = (): Uint8Array => encodeProxyHeader({ version: 2, source: CLIENT, destination: SITE, authority: 'here', crc: true });

  it('is CRC32c: by the test vector of RFC 3720, B.4, and as another implementation has it', async () => {
    const { crc32c } = await import('../src/header/crc32c.js');
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('that is right is told', () => {
    expect(header(checked())).toMatchObject({ checked: true, authority: 'here', source: CLIENT });
  });

  it('that is wrong is refused, wherever a bit is', () => {
    const { length } = checked();
    for (let at = 16; at < length; at++) {
      // That there is one at all.
      if (at === length - 7) continue;
      const bytes = checked();
      bytes[at] ^= 1;
      expect(() => parse(bytes)).toThrow(refused);
    }
  });
});

describe('writing version 2', () => {
  const read = (fields: Partial<Parameters<typeof encodeProxyHeader>[0]>): ProxyHeader => header(encodeProxyHeader({ version: 2, ...fields }));

  it('says nothing of addresses that it cannot say together', () => {
    for (const fields of [{}, { source: CLIENT }, { source: CLIENT, destination: { path: '/x' } }, { source: { path: 'x'.repeat(109) } }]) {
      expect(read(fields)).toMatchObject({ transport: 'unspecified', source: null, destination: null });
    }
  });

  it('says paths, also where one is unknown', () => {
    expect(read({ destination: { path: '/x' } })).toMatchObject({ transport: 'stream', source: null, destination: { path: '/x' } });
    expect(read({ source: { path: '/x' }, destination: { path: '\0y' } })).toMatchObject({ source: { path: '/x' }, destination: { path: '\0y' } });
  });

  it('says LOCAL without addresses', () => {
    expect(encodeProxyHeader({ version: 2, command: 'local', source: CLIENT, destination: SITE })).toEqual(Buffer.from(blockStart(0x20, 0, 0)));
  });
});
