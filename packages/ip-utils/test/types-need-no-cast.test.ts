import { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { Socket } from 'node:net';
import { expect, expectTypeOf, it } from 'vitest';
import { add, expand, normalizeAddress, parseAddress, parseHostPort, reverseName, toBigInt, toURLHost } from '../src/address/index.js';
import { addresses, broadcast, cidrContains, contains, firstHost, lastHost, merge, netmask, next, previous, wildcard, type CIDR } from '../src/cidr/index.js';
import { classify, embeddedAddresses, isGlobal, looseIPv4, specialPurpose } from '../src/classify/index.js';
import { clientAddress, rateLimitKey, type ClientRequest, type Trust } from '../src/client-address/index.js';
import { addressPolicy, publicOnly, type AddressRule } from '../src/policy/index.js';
import { PrefixMap } from '../src/prefix-map/index.js';

// `tsc -b` reads this file: what does not compile fails there.

const list = ['10.0.0.0/30', '10.0.0.4/30'];

it('functions with options are arguments of map', () => {
  expect(list.map(firstHost)).toEqual(['10.0.0.1', '10.0.0.5']);
  expect(list.map(lastHost)).toEqual(['10.0.0.2', '10.0.0.6']);
  expect(list.map(broadcast)).toEqual(['10.0.0.3', '10.0.0.7']);
  expect(list.map(netmask)).toEqual(['255.255.255.252', '255.255.255.252']);
  expect([24, 25].map(wildcard)).toEqual(['0.0.0.255', '0.0.0.127']);
  expect(list.map(next)).toEqual(['10.0.0.4/30', '10.0.0.8/30']);
  expect(list.map(previous)).toEqual(['9.255.255.252/30', '10.0.0.0/30']);
  expect([list].map(merge)).toEqual([['10.0.0.0/29']]);
  expect(list.flatMap((cidr) => [...addresses(cidr)])).toHaveLength(8);
  expectTypeOf(list.map(firstHost)).toEqualTypeOf<string[]>();
  expectTypeOf(list.map(next)).toEqualTypeOf<(string | null)[]>();
  expectTypeOf([list].map(merge)).toEqualTypeOf<string[][]>();
  expectTypeOf(list.map(addresses)).toEqualTypeOf<Generator<string, void, undefined>[]>();
});

it('options say what comes back', () => {
  expectTypeOf(merge(list, { as: 'parsed' })).toEqualTypeOf<CIDR[]>();
  expectTypeOf(next(list[0], { as: 'parsed' })).toEqualTypeOf<CIDR | null>();
  expectTypeOf(firstHost(list[0], { as: 'text' })).toEqualTypeOf<string>();
  expectTypeOf(firstHost(list[0], undefined)).toEqualTypeOf<string>();
  expect(firstHost(list[0], { as: 'parsed' }).bytes).toEqual(Uint8Array.of(10, 0, 0, 1));
});

it('the address of a socket is taken as it is, also when it is not there', () => {
  const { remoteAddress } = new Socket();
  expectTypeOf(remoteAddress).toEqualTypeOf<string | undefined>();
  for (const address of [remoteAddress, null]) {
    expect([parseAddress(address), normalizeAddress(address), expand(address), toBigInt(address), add(address, 1), reverseName(address), toURLHost(address)]).toEqual(new Array(7).fill(null));
    expect([parseHostPort(address), looseIPv4(address), classify(address), specialPurpose(address), rateLimitKey(address)]).toEqual(new Array(5).fill(null));
    expect([isGlobal(address), contains(list, address), contains(list[0], address), cidrContains(list[0], address)]).toEqual(new Array(4).fill(false));
    expect([embeddedAddresses(address), publicOnly.check(address, 443).allowed, clientAddress({ remoteAddress: address }).address]).toEqual([[], false, null]);
    const map = new PrefixMap([[list[0], 1]]);
    expect([map.lookup(address), map.lookupValue(address), map.covering(address)]).toEqual([undefined, undefined, []]);
  }
});

it('requests of node:http and node:http2 are requests, and lists that were read from a file are rules', () => {
  expectTypeOf<IncomingMessage>().toExtend<ClientRequest>();
  expectTypeOf<Http2ServerRequest>().toExtend<ClientRequest>();
  expectTypeOf<{ headers: Headers }>().toExtend<ClientRequest>();
  expectTypeOf<string[]>().toExtend<Trust>();
  expectTypeOf<{ cidr: string; port: number[] }>().toExtend<AddressRule>();
  const rules = ['10.0.0.0/8'].map((cidr) => ({ cidr, port: [1, 1023] }));
  expect(addressPolicy({ allow: rules }).check('10.0.0.1', 80).allowed).toBe(true);
  expect(clientAddress(new IncomingMessage(new Socket()), { trust: ['loopback'] }).address).toBe(null);
});
