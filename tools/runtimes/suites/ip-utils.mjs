import { strictEqual } from 'node:assert';
import { isIP, isIPv4, isIPv6 } from '@netstrata/ip-utils';
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
});
