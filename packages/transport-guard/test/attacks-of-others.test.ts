import { isIP } from '@netstrata/ip-utils';
import { publicOnly } from '@netstrata/ip-utils/policy';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '../../../tools/advisories/src/cases.js';
import { guard } from '../src/index.js';
import { dial, inet } from './support/ends.js';
import { resolving } from './support/resolving.js';

/** Texts of published advisories that lead to what is not public, or to nothing: as a URL has them, and without brackets. */
const texts = [...new Set(cases.filter((one) => one.class !== 'global').flatMap(({ text }) => [text, text.replace(/^\[(.*)\]$/, '$1')]))];
const seen: unknown[] = [];
const names = guard(resolving(createNetwork().host('here', '10.0.0.1').tcp, () => undefined, seen), publicOnly, { hosts: ['*'] });

it('no spelling of an advisory reaches anything by a name that the far end resolves', async () => {
  expect(texts.length).toBeGreaterThan(40);
  for (const host of texts) {
    const error = await dial(names, { host, port: 80 });
    // In octal it is an address nowhere, in decimal a public one, which may be dialled.
    if (/^0?18\.0\.0\.1$|^08\.0\.0\.1$|^0180\.0\.0\.1$/.test(host)) continue;
    expect([host, error?.code]).toEqual([host, 'ERR_ADDRESS_DENIED']);
  }
});

it('no address of an advisory is dialled', async () => {
  for (const address of texts.filter((text) => isIP(text) !== 0)) {
    expect([address, (await dial(guard(tcp, publicOnly), inet(address, 80)))?.code]).toEqual([address, 'ERR_ADDRESS_DENIED']);
  }
});

/** Each way that an IPv6 address carries an IPv4 one. */
const EMBEDDINGS: Readonly<Record<string, (high: string, low: string, dotted: string) => string>> = {
  mapped: (high, low) => `::ffff:${high}:${low}`,
  'mapped, in decimal': (_high, _low, dotted) => `::ffff:${dotted}`,
  'mapped, in full': (high, low) => `0:0:0:0:0:FFFF:${high}:${low}`,
  compatible: (high, low) => `::${high}:${low}`,
  translated: (high, low) => `::ffff:0:${high}:${low}`,
  NAT64: (high, low) => `64:ff9b::${high}:${low}`,
  'local NAT64': (high, low) => `64:ff9b:1::${high}:${low}`,
  '6to4': (high, low) => `2002:${high}:${low}::1`,
  ISATAP: (high, low) => `2001:470::5efe:${high}:${low}`,
  Teredo: (high, low) => `2001:0:808:808::${(0xffff ^ parseInt(high, 16)).toString(16)}:${(0xffff ^ parseInt(low, 16)).toString(16)}`,
};
const SECRET = ['127.0.0.1', '10.1.2.3', '169.254.169.254', '192.168.1.1', '100.64.0.1', '172.16.0.9'];

it.each(Object.entries(EMBEDDINGS))('%s addresses carry nothing past a policy, with a zone or without', async (_, embed) => {
  for (const dotted of SECRET) {
    const [a, b, c, d] = dotted.split('.').map(Number);
    const address = embed((a * 256 + b).toString(16), (c * 256 + d).toString(16), dotted);
    for (const text of [address, `${address}%lo`]) {
      for (const policy of [publicOnly, { deny: [dotted] }]) {
        expect([text, (await dial(guard(tcp, policy), inet(text, 80)))?.code]).toEqual([text, 'ERR_ADDRESS_DENIED']);
      }
    }
  }
});

it('a zone lets no link-local address through, and the address of nobody does not lead to this host', async () => {
  for (const address of ['fe80::1', 'fe80::1%eth0', 'fe80::1%1', 'FE80:0::1%lo', '0.0.0.0', '::', '::ffff:0.0.0.0', '::ffff:0:0', '0:0:0:0:0:0:0:0']) {
    const policy = { default: 'allow', deny: ['link-local', 'loopback'] } as const;
    expect([address, (await dial(guard(tcp, policy), inet(address, 9)))?.code]).toEqual([address, 'ERR_ADDRESS_DENIED']);
  }
});

it('whatever the text of a name is: it is refused, or the transport gets it as it was judged', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...Array.from('0123456789.xXaf:%[]lochst-')) }), fc.domain(), fc.ipV4Extended(), fc.ipV6());
  await fc.assert(fc.asyncProperty(text, async (host) => {
    seen.length = 0;
    const error: { code: string } | null = await dial(names, { host, port: 80 });
    expect(error?.code).toMatch(/^(ERR_ADDRESS_DENIED|ENOTFOUND)$/);
    expect(seen).toEqual(error?.code === 'ENOTFOUND' ? [{ host, port: 80 }] : []);
    if (seen.length > 0) expect(isIP(host) === 0 || publicOnly.check(host).allowed).toBe(true);
  }), { numRuns: 300 });
});
