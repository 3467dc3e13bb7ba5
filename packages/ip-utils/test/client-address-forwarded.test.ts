import { describe, expect, it } from 'vitest';
import { clientAddress } from '../src/client-address/index.js';

const asked = (forwarded: string | string[], trust = 1) => clientAddress({ remoteAddress: '10.0.0.1', headers: { forwarded } }, { trust, header: 'forwarded' });

describe('a node of RFC 7239', () => {
  it.each([
    ['for=192.0.2.43', '192.0.2.43', null],
    ['For="[2001:db8:cafe::17]:4711"', '2001:db8:cafe::17', 4711],
    ['for=192.0.2.60;proto=http;by=203.0.113.43', '192.0.2.60', null],
    ['by=203.0.113.43;FOR="192.0.2.60:80";host="a,b;c=\\"d"', '192.0.2.60', 80],
    ['for="[::1]:_port"', '::1', null],
    ['for="192.0.2.43:_a.b-c_d"', '192.0.2.43', null],
    ['for="\\1.2.3.4"', '1.2.3.4', null],
    // Not in the grammar, but sent.
    ['for=2001:db8::1', '2001:db8::1', null],
    ['for="2001:db8::1"', '2001:db8::1', null],
    ['for=[2001:db8::1]', '2001:db8::1', null],
    ['for=[2001:db8::1]:80', '2001:db8::1', 80],
    ['for=1.2.3.4:80', '1.2.3.4', 80],
    [' for = 1.2.3.4 ; proto = https ; ', '1.2.3.4', null],
    ['for=1.2.3.4;', '1.2.3.4', null],
  ])('%s', (text, address, port) => {
    expect(asked(text)).toEqual({ address, port, hops: ['10.0.0.1', address] });
  });

  it.each([
    'for=unknown', 'for=_hidden', 'for="_SEVKISEK"', 'for="unknown:80"', 'for=', 'for=""', 'proto=https', 'for', '=1.2.3.4', ';', 'for=1.2.3.4;for=1.2.3.4', 'for="1.2.3.4', 'for="1.2.3.4"x', 'for="1.2.3.4" 5',
    'for="[::1]:99999"', 'for=[::1', 'fore=1.2.3.4', 'for=1.2.3.4;junk', 'for="1.2.3.4\\"', 'for=\'1.2.3.4\'',
  ])('%s tells no address', (text) => {
    expect(asked(text)).toEqual({ address: '10.0.0.1', port: null, hops: ['10.0.0.1'] });
  });
});

it('several elements and headers are one list', () => {
  expect(asked('for=6.6.6.6, for="[2001:db8::1]", for=8.8.8.8;by=_x', 3).hops).toEqual(['10.0.0.1', '8.8.8.8', '2001:db8::1', '6.6.6.6']);
  expect(asked(['for=6.6.6.6', 'for=1.2.3.4,,for=8.8.8.8'], 2).hops).toEqual(['10.0.0.1', '8.8.8.8', '1.2.3.4']);
});

it('commas within quotes part nothing', () => {
  expect(asked('for=6.6.6.6, for=1.2.3.4;host="a, for=7.7.7.7"').address).toBe('1.2.3.4');
  expect(asked('for=6.6.6.6;host="\\", for=1.2.3.4').address).toBe('1.2.3.4');
});

it('what a client left open does not hide what the proxy wrote behind it', () => {
  for (const open of ['for="', 'for="\\', 'for="6.6.6.6;host="', '"', 'for="a"b"']) expect(asked(`${open}, for=1.2.3.4`).address, open).toBe('1.2.3.4');
});
