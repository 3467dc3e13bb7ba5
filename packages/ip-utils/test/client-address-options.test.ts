import { afterEach, describe, expect, it } from 'vitest';
import { clientAddress, rateLimitKey, type ClientAddressOptions } from '../src/client-address/index.js';

const request = { remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': '1.2.3.4' } };
const asked = (options: unknown) => clientAddress(request, options as ClientAddressOptions);

describe('an error tells of', () => {
  it.each([
    [{ trust: ['10.0.0.0/8', '10.0.0.0/33'] }, 'ERR_INVALID_ARG_VALUE', /'options\.trust\[1\]'.*10\.0\.0\.0\/33/],
    [{ trust: ['uniquelocal'] }, 'ERR_INVALID_ARG_VALUE', /'options\.trust\[0\]'.*uniquelocal/],
    [{ trust: ['10.0.0.0/8:443'] }, 'ERR_INVALID_ARG_VALUE', /'options\.trust\[0\]' has ports/],
    [{ trust: [5] }, 'ERR_INVALID_ARG_VALUE', /'options\.trust\[0\]'/],
    [{ trust: {} }, 'ERR_INVALID_ARG_VALUE', /'options\.trust\[0\]'/],
    [{ trust: '' }, 'ERR_INVALID_ARG_VALUE', /'options\.trust\[0\]'/],
    [{ trust: true }, 'ERR_INVALID_ARG_TYPE', /"options\.trust" property must be a number of hops, a rule/],
    [{ trust: null }, 'ERR_INVALID_ARG_TYPE', /options\.trust/],
    [{ trust: -1 }, 'ERR_OUT_OF_RANGE', /options\.trust/],
    [{ trust: 1.5 }, 'ERR_OUT_OF_RANGE', /options\.trust/],
    [{ trust: Number.NaN }, 'ERR_OUT_OF_RANGE', /options\.trust/],
    [{ header: 5 }, 'ERR_INVALID_ARG_TYPE', /options\.header/],
    [{ header: 'x forwarded' }, 'ERR_INVALID_ARG_VALUE', /'options\.header' must be the name of a header/],
    [{ header: '' }, 'ERR_INVALID_ARG_VALUE', /options\.header/],
    [null, 'ERR_INVALID_ARG_TYPE', /"options"/],
  ])('%j', (options, code, message) => {
    expect(() => asked(options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });

  it('what is no request', () => {
    for (const none of [undefined, null, '10.0.0.1', 5]) expect(() => clientAddress(none as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  });
});

it('a list that was changed is another list', () => {
  const trust = ['10.0.0.1'];
  expect(asked({ trust }).address).toBe('1.2.3.4');
  trust[0] = '10.0.0.2';
  expect(asked({ trust }).address).toBe('10.0.0.1');
});

it('a list is not taken for another one whose rules have the same letters', () => {
  const about = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }) as Error;
  expect(asked({ trust: ['loopback', '10.0.0.1'] }).address).toBe('1.2.3.4');
  for (const rule of ['loopback\n10.0.0.1', 'loopback,10.0.0.1', 'loopback","10.0.0.1']) expect(() => asked({ trust: [rule] })).toThrow(about);
});

it('many lists are told apart', () => {
  for (let i = 0; i < 300; i++) expect(asked({ trust: [`10.0.0.${i % 3}`, `10.1.${i >> 8}.${i & 255}`] }).address).toBe(i % 3 === 1 ? '1.2.3.4' : '10.0.0.1');
});

describe('on a polluted Object.prototype', () => {
  const polluted = Object.prototype as Record<string, unknown>;
  const keys = { trust: 9, header: 'x-evil', remoteAddress: '6.6.6.6', remotePort: 6, socket: { remoteAddress: '6.6.6.6' }, headers: { 'x-forwarded-for': '6.6.6.6' }, 'x-forwarded-for': '6.6.6.6', get: () => '6.6.6.6', check: () => ({ allowed: true }), v6Prefix: 1, v4Prefix: 1 };
  afterEach(() => {
    for (const key of Object.keys(keys)) Reflect.deleteProperty(polluted, key);
  });

  it('nothing is read', () => {
    Object.assign(polluted, keys);
    const seen = [
      clientAddress(request, {}).address, clientAddress({}, { trust: 1 }).address, clientAddress({ remoteAddress: '10.0.0.1' }, { trust: 1 }).address,
      clientAddress({ remoteAddress: '10.0.0.1', headers: {} }, { trust: 1 }).address, clientAddress(request, { trust: [{ cidr: '11.0.0.0/8' }] }).address,
      clientAddress(request, { trust: 1 }).address, rateLimitKey('1.2.3.4', {}), rateLimitKey('2001:db8::1', {}),
    ];
    for (const key of Object.keys(keys)) Reflect.deleteProperty(polluted, key);
    expect(seen).toEqual(['10.0.0.1', null, '10.0.0.1', '10.0.0.1', '10.0.0.1', '1.2.3.4', '1.2.3.4', '2001:db8::/64']);
  });
});
