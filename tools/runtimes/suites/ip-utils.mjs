import { deepStrictEqual, strictEqual } from 'node:assert';
import { isIP, isIPv4, isIPv6 } from '@netstrata/ip-utils';
import { add, parseHostPort, toBigInt } from '@netstrata/ip-utils/address';
import { contains, merge } from '@netstrata/ip-utils/cidr';
import { classify } from '@netstrata/ip-utils/classify';
import { clientAddress } from '@netstrata/ip-utils/client-address';
import { addressPolicy, publicOnly } from '@netstrata/ip-utils/policy';
import { PrefixMap } from '@netstrata/ip-utils/prefix-map';
import { runner } from './runner.mjs';

const { describe, it } = runner;

describe('ip-utils', () => {
  it('tells addresses from other texts', async () => {
    strictEqual(isIP('127.0.0.1'), 4);
    strictEqual(isIP('fe80::1%eth0'), 6);
    strictEqual(isIP('::ffff:1.2.3.4'), 6);
    strictEqual(isIP('01.2.3.4'), 0);
    strictEqual(isIPv4('1.2.3.256'), false);
    strictEqual(isIPv6('1::2::3'), false);
  });

  it('counts addresses, and reads hosts with ports', () => {
    strictEqual(add('10.0.0.255', 1), '10.0.1.0');
    strictEqual(toBigInt('::1'), 1n);
    deepStrictEqual(parseHostPort('[::1]:80'), { host: '::1', port: 80 });
  });

  it('makes sets of networks', () => {
    deepStrictEqual(merge(['10.0.0.0/24', '10.0.1.0/24']), ['10.0.0.0/23']);
    strictEqual(contains('10.0.0.0/8', '10.1.2.3'), true);
  });

  it('judges addresses by what they carry', () => {
    strictEqual(classify('2001:470::5efe:10.0.0.1'), 'private');
    strictEqual(publicOnly.check('64:ff9b::10.0.0.1', 443).allowed, false);
  });

  it('says which rule is none', () => {
    try {
      addressPolicy({ deny: ['10.0.0.0/08'] });
    } catch (error) {
      strictEqual(error.code, 'ERR_INVALID_ARG_VALUE');
      strictEqual(error.message.includes("'10.0.0.0/08'"), true);
      return;
    }
    throw new Error('it was taken');
  });

  it('finds the longest of many networks', () => {
    const map = new PrefixMap([['10.0.0.0/8', 'all'], ['10.7.0.0/16', 'Oslo']]);
    deepStrictEqual(map.lookup('10.7.1.2'), { cidr: '10.7.0.0/16', value: 'Oslo' });
  });

  it('finds who asked in Headers', () => {
    const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9:5000' });
    strictEqual(clientAddress({ remoteAddress: '10.0.0.1', headers }, { trust: ['private'] }).address, '203.0.113.9');
  });
});
