import { describe, expect, it } from 'vitest';
import { clientAddress } from '../src/client-address/index.js';

const MEGABYTE = 1 << 20;
const of = (unit: string) => unit.repeat(MEGABYTE / unit.length);

describe('a header of a megabyte comes to an end', () => {
  it.each([',', ' ', '"', '\\', '\\"', '",', ';', '=', 'for=', 'for="', 'for="\\', '[', ':', '%', '1.2.3.4,', '1.2.3.4, ', 'for=1.2.3.4,', 'for="1.2.3.4",', '"a",', 'fe80::1%a', '"\\', ' ,', 'for =', '\t'])('of %j', (unit) => {
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      for (const text of [of(unit), `${of(unit)}1.2.3.4`, `for="${of(unit)}"`]) {
        const { hops } = clientAddress({ remoteAddress: '10.0.0.1', headers: { [header]: text } }, { trust: ['0.0.0.0/0'], header });
        expect(hops.length).toBeLessThanOrEqual(64);
      }
    }
  });

  it('in many pieces', () => {
    const list = Array.from({ length: 100_000 }, () => '1.2.3.4');
    expect(clientAddress({ remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': list } }, { trust: 1e6 }).hops).toHaveLength(64);
  });

  it('as the address of the peer', () => {
    expect(clientAddress({ remoteAddress: of('1.2.3.4:') }).address).toBe(null);
  });
});

it('an element longer than an address can be is not read', () => {
  const element = `for=1.2.3.4;host=${'a'.repeat(2000)}`;
  expect(clientAddress({ remoteAddress: '10.0.0.1', headers: { forwarded: element } }, { trust: 1, header: 'forwarded' }).address).toBe('10.0.0.1');
});
