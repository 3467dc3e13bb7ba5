import { ByteReader } from '@netstrata/stream-core/reader';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeProxyHeader, parseProxyHeader, type ProxyHeader, type ProxyHeaderFields } from '../src/index.js';
import { blockStart } from './support/lab.js';

const port = fc.integer({ min: 0, max: 65535 });
const ipv4 = fc.record({ address: fc.ipV4(), port, family: fc.constant('IPv4' as const) });
// As they are written: in canonical form.
const ipv6 = fc.record({
  address: fc.constantFrom('::1', '2001:db8::7', 'fe80::1:2', '::ffff:192.0.2.1', '::'), port, family: fc.constant('IPv6' as const),
});
const path = fc.record({ path: fc.stringMatching(/^\/[a-zäß/]{1,40}$/) });
const ends = fc.oneof(...[ipv4, ipv6, path].map((end) => fc.record({ source: end as fc.Arbitrary<ProxyHeader['source']>, destination: end as fc.Arbitrary<ProxyHeader['source']> })));
const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const tlvs = fc.array(fc.record({ type: fc.integer({ min: 0xe0, max: 0xef }), value: bytes(20) }), { maxLength: 4 });
const text = fc.option(fc.string({ maxLength: 30, unit: 'grapheme' }), { nil: undefined });
const tls = fc.record({
  encrypted: fc.boolean(), certificate: fc.boolean(), sessionCertificate: fc.boolean(), verify: fc.nat(0xffffffff),
  version: text, commonName: text, cipher: text, signatureAlgorithm: text, keyAlgorithm: text, tlvs,
});
const details = fc.record({
  alpn: fc.option(fc.stringMatching(/^[\x01-\xff]{0,12}$/), { nil: undefined }), authority: text, netns: text,
  uniqueId: fc.option(bytes(128), { nil: undefined }), tls: fc.option(tls, { nil: undefined }), tlvs,
  crc: fc.boolean(), transport: fc.constantFrom('stream' as const, 'datagram' as const),
});

/** Plain values, without what is undefined, and with bytes as arrays. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, one: unknown) => {
    const { type, data } = (one ?? {}) as { type?: string; data?: unknown };
    return one instanceof Uint8Array ? [...one] : type === 'Buffer' ? data : one;
  }));

/** What is parsed when bytes come in these pieces, and what is left then. */
function inPieces(all: Uint8Array, cuts: readonly number[]): { readonly parsed: unknown; readonly rest: Uint8Array } {
  const reader = new ByteReader();
  const places = [...new Set(cuts.map((cut) => cut % (all.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, all.length]) {
    reader.push(Uint8Array.from(all.subarray(from, to)));
    from = to;
    try {
      const parsed = parseProxyHeader(reader);
      if (parsed === 'more') continue;
      const rest = reader.release();
      return { parsed: plain(parsed), rest: Uint8Array.from([...rest, ...all.subarray(to)]) };
    } catch (error) {
      return { parsed: (error as { code: string }).code, rest: Uint8Array.of() };
    }
  }
  return { parsed: 'more', rest: reader.release() };
}

const cuts = fc.array(fc.nat(400), { maxLength: 12 });

describe('headers', () => {
  it('of version 2 are read as they were written, in any pieces, and what comes behind them is left', () => {
    fc.assert(fc.property(ends, details, cuts, bytes(20), (addresses, more, where, behind) => {
      const fields: ProxyHeaderFields = { version: 2, ...addresses, ...more };
      const header = encodeProxyHeader(fields);
      const { parsed, rest } = inPieces(Buffer.concat([header, behind]), where);
      const { crc, ...said } = fields;
      expect(parsed).toEqual(plain({ command: 'proxy', checked: crc, ...said }));
      expect([...rest]).toEqual([...behind]);
    }), { numRuns: 300 });
  });

  it('of version 1 are read as they were written, in any pieces, and what comes behind them is left', () => {
    fc.assert(fc.property(fc.oneof(ends), cuts, bytes(20), (addresses, where, behind) => {
      const header = encodeProxyHeader({ version: 1, ...addresses });
      const { parsed, rest } = inPieces(Buffer.concat([header, behind]), where);
      const isPath = 'path' in addresses.source!;
      expect(parsed).toMatchObject(isPath ? { transport: 'unspecified', source: null } : { transport: 'stream', ...addresses });
      expect([...rest]).toEqual([...behind]);
    }), { numRuns: 300 });
  });

  it('that were received can be sent on', () => {
    fc.assert(fc.property(ends, details, (addresses, more) => {
      const header = encodeProxyHeader({ version: 2, ...addresses, ...more, crc: false });
      const reader = new ByteReader();
      reader.push(header);
      expect(Buffer.from(encodeProxyHeader(parseProxyHeader(reader) as ProxyHeader))).toEqual(Buffer.from(header));
    }), { numRuns: 100 });
  });
});

describe('bytes of any kind', () => {
  const starts = fc.constantFrom(
    Buffer.alloc(0), Buffer.from('PROXY '), Buffer.from('PROXY TCP4 '), Buffer.from('PROXY TCP4 1.2.3.4 1.2.3.4 1 2'), Buffer.from('PROXY UNKNOWN'),
    blockStart(0x21, 0x11, 30), blockStart(0x21, 0x21, 60), blockStart(0x21, 0x31, 230), blockStart(0x21, 0, 20), blockStart(0x20, 9, 9),
    Buffer.concat([blockStart(0x21, 0x11, 40), Buffer.alloc(12), Buffer.of(0x20, 0, 20, 1, 0, 0, 0, 0)]),
  );

  it('are a header, none, too little or refused, whatever the pieces, and are not kept beyond the bound', () => {
    fc.assert(fc.property(starts, bytes(300), cuts, (start, more, where) => {
      const all = Buffer.concat([start, more]);
      const whole = inPieces(all, []);
      expect(inPieces(all, where).parsed).toEqual(whole.parsed);
      if (whole.parsed === 'more') expect(whole.rest.length).toBeLessThan(16 + 4096);
      if (typeof whole.parsed === 'string') expect(['more', 'none', 'ERR_PROXY_HEADER_INVALID', 'ERR_PROXY_HEADER_TOO_LARGE']).toContain(whole.parsed);
      if (whole.parsed === 'none') expect([...whole.rest]).toEqual([...all]);
    }), { numRuns: 1000 });
  });
});
