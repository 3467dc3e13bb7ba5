import { describe, expect, it } from 'vitest';
import { normalizeAddress, parseHostPort } from '../src/address/index.js';
import { parseCIDR, whyNotCIDR } from '../src/cidr/index.js';
import { classify, looseIPv4 } from '../src/classify/index.js';
import { isIP } from '../src/index.js';
import { publicOnly } from '../src/policy/index.js';

describe('a spelling that some take for an address is none, and says what they would make of it', () => {
  it.each([['31', '0.0.0.31'], ['192.168', '192.0.0.168'], ['0x7f.1', '127.0.0.1'], ['014.048.2.7', null], ['14.048.2.7', null], ['010.0.0.1', '8.0.0.1'], ['127.0.10', '127.0.0.10'], ['1.2.3.4.', '1.2.3.4']])('%s: %s', (text, made) => {
    expect([isIP(text), normalizeAddress(text), classify(text), looseIPv4(text)]).toEqual([0, null, null, made]);
    expect(publicOnly.check(text)).toEqual({ allowed: false, rule: null });
  });

  it.each(['127.0.10/24', '192.168/16', '10/8', '0x7f.1/8', '14.048.2.7/8', '1.1.1.1/50000000', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/'])('%s is no network, for a reason', (text) => {
    expect(parseCIDR(text)).toBe(null);
    expect(whyNotCIDR(text)).toMatch(/^(has|does) /);
  });
});

describe('an address is judged by its bytes, not by how it is spelled', () => {
  it.each([
    ['::ffff:7f00:1', 'loopback'], ['0:0:0:0:0:ffff:127.0.0.1', 'loopback'], ['::FFFF:127.0.0.1', 'loopback'], ['0000:0000:0000:0000:0000:0000:0000:0001', 'loopback'],
    ['::1%lo', 'loopback'], ['FE80::1%eth0', 'link-local'], ['FD00::1', 'unique-local'], ['0:0:0:0:0:FFFF:0A00:0001', 'private'],
  ])('%s is %s', (text, kind) => {
    expect(classify(text)).toBe(kind);
    expect(publicOnly.check(text).allowed).toBe(false);
    // In brackets it is a host, whose address is the same.
    expect(classify(parseHostPort(`[${text}]:80`)!.host)).toBe(kind);
    expect(classify(`[${text}]`)).toBe(null);
  });
});
