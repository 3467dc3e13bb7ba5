import { ByteReader } from '@netstrata/stream-core/reader';
import { describe, expect, it } from 'vitest';
import { encodeProxyHeader, parseProxyHeader } from '../src/index.js';

function parse(text: string): { readonly result: ReturnType<typeof parseProxyHeader>; readonly rest: string } {
  const reader = new ByteReader();
  reader.push(Buffer.from(text, 'latin1'));
  const result = parseProxyHeader(reader);
  return { result, rest: Buffer.from(reader.release()).toString('latin1') };
}

const IPV4 = 'PROXY TCP4 192.0.2.1 198.51.100.2 1025 443';
const LONG = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';

describe('a header of version 1', () => {
  it('names source and destination, and leaves what comes behind it', () => {
    const { result, rest } = parse(`${IPV4}\r\nGET`);
    expect(rest).toBe('GET');
    expect(result).toEqual({
      version: 1, command: 'proxy', transport: 'stream', tlvs: [], checked: false,
      source: { address: '192.0.2.1', port: 1025, family: 'IPv4' }, destination: { address: '198.51.100.2', port: 443, family: 'IPv4' },
    });
    expect(Object.isFrozen(result) && Object.isFrozen((result as { source: object }).source)).toBe(true);
  });

  it('may be the longest there is', () => {
    const line = `PROXY TCP6 ${LONG} ${LONG} 65535 65535\r\n`;
    expect(parse(line).result).toMatchObject({ source: { address: LONG, port: 65535 } });
    expect(parse(`PROXY UNKNOWN ${LONG} ${LONG} 65535 65535\r\n`)).toMatchObject({ result: { transport: 'unspecified' }, rest: '' });
  });

  it('of TCP6 may have an IPv4-mapped address, which stays IPv6', () => {
    const { result } = parse('PROXY TCP6 ::ffff:192.0.2.1 2001:db8::1 1 2\r\n');
    expect(result).toMatchObject({ source: { address: '::ffff:192.0.2.1', family: 'IPv6' }, destination: { family: 'IPv6' } });
  });

  it('has addresses in the spelling of the system, whatever the sender has written', () => {
    const { result } = parse('PROXY TCP6 2001:DB8:0:0::0001 ::FFFF:c000:201 1 2\r\n');
    expect(result).toMatchObject({ source: { address: '2001:db8::1' }, destination: { address: '::ffff:192.0.2.1' } });
  });

  it.each(['PROXY UNKNOWN\r\n', 'PROXY UNKNOWN and whatever \0 \xff\r\n'])('%j names nobody', (line) => {
    expect(parse(line).result).toMatchObject({ command: 'proxy', transport: 'unspecified', source: null, destination: null });
  });

  const BAD: Record<string, string> = {
    'two spaces': 'PROXY TCP4  192.0.2.1 198.51.100.2 1025 443\r\n',
    'a space at the end': `${IPV4} \r\n`,
    'a tab': 'PROXY TCP4\t192.0.2.1 198.51.100.2 1025 443\r\n',
    'a port with a leading zero': 'PROXY TCP4 192.0.2.1 198.51.100.2 01025 443\r\n',
    'a port that is too large': 'PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n',
    'a port with a sign': 'PROXY TCP4 192.0.2.1 198.51.100.2 +1 443\r\n',
    'an address with a leading zero': 'PROXY TCP4 192.0.02.1 198.51.100.2 1 443\r\n',
    'an address in short form': 'PROXY TCP4 127.1 198.51.100.2 1 443\r\n',
    'IPv6 that is called TCP4': 'PROXY TCP4 ::1 ::1 1 2\r\n',
    'IPv4 that is called TCP6': 'PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n',
    'a zone': 'PROXY TCP6 fe80::1%lo ::1 1 2\r\n',
    'a name': 'PROXY TCP4 localhost 192.0.2.2 1 2\r\n',
    'a NUL': 'PROXY TCP4 192.0.2.1\0 192.0.2.2 1 2\r\n',
    'too few parts': 'PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n',
    'another protocol': 'PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n',
    'a protocol in lower case': 'PROXY tcp4 192.0.2.1 192.0.2.2 1 2\r\n',
    'UNKNOWN with more to its name': 'PROXY UNKNOWNS\r\n',
    'a line feed without its carriage return': `${IPV4}\n`,
    'nothing': 'PROXY \r\n',
    'more than 107 bytes': `PROXY UNKNOWN ${'x'.repeat(92)}\r\n`,
    'no end within 107 bytes': `PROXY UNKNOWN ${'x'.repeat(93)}`,
  };

  it.each(Object.entries(BAD))('with %s is refused', (_what, line) => {
    expect(() => parse(line)).toThrow(expect.objectContaining({ code: 'ERR_PROXY_HEADER_INVALID' }));
  });

  it('is told from what is none by its first 6 bytes', () => {
    for (const text of ['', 'P', 'PRO', 'PROXY', 'PROXY ']) expect(parse(text)).toEqual({ result: 'more', rest: text });
    for (const text of ['G', 'PUT', 'PROXX', 'PROXY\r', 'proxy ']) expect(parse(text)).toEqual({ result: 'none', rest: text });
  });
});

describe('writing version 1', () => {
  const ends = (source: string, destination: string): string => {
    const [from, to] = [source, destination].map((address, i) => ({ address, port: i + 1, family: 'IPv4' as const }));
    return Buffer.from(encodeProxyHeader({ version: 1, source: from, destination: to })).toString('latin1');
  };

  it('takes the family by the text of the addresses, and maps IPv4 beside IPv6', () => {
    expect(ends('192.0.2.1', '192.0.2.2')).toBe('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n');
    expect(ends('2001:DB8:0::1', '::1')).toBe('PROXY TCP6 2001:db8::1 ::1 1 2\r\n');
    expect(ends('192.0.2.1', '::1')).toBe('PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n');
    expect(ends('fe80::1%lo', '::1')).toBe('PROXY TCP6 fe80::1 ::1 1 2\r\n');
  });

  it('says UNKNOWN where it cannot say more', () => {
    const source = { address: '192.0.2.1', port: 1, family: 'IPv4' } as const;
    for (const fields of [{}, { source }, { source, destination: { path: '/x' } }, { source, destination: source, command: 'local' as const }]) {
      expect(Buffer.from(encodeProxyHeader({ version: 1, ...fields })).toString()).toBe('PROXY UNKNOWN\r\n');
    }
  });
});
