import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddress, type HeadersLike } from '../src/client-address/index.js';

const asked = (headers: unknown, header?: string) => clientAddress({ remoteAddress: '10.0.0.1', headers: headers as HeadersLike }, { trust: ['private'], header }).address;

describe('headers are', () => {
  it.each<[what: string, headers: unknown]>([
    ['an object with names in lower case', { 'x-forwarded-for': '6.6.6.6, 1.2.3.4' }],
    ['an object with names in any case', { 'X-Forwarded-FOR': '6.6.6.6, 1.2.3.4' }],
    ['an object with arrays, as headersDistinct', { 'x-forwarded-for': ['6.6.6.6', '1.2.3.4, 10.0.0.2'] }],
    ['an object with one name twice, in their order', { 'X-Forwarded-For': '6.6.6.6', 'x-forwarded-for': '1.2.3.4' }],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { 'x-forwarded-for': '1.2.3.4' })],
    ['Headers', new Headers([['X-Forwarded-For', '6.6.6.6'], ['x-forwarded-for', '1.2.3.4']])],
    ['a Map', new Map([['x-forwarded-for', '1.2.3.4']])],
  ])('%s', (_, headers) => {
    expect(asked(headers)).toBe('1.2.3.4');
  });

  it('those of a message of Node, with the socket beside', () => {
    const socket = new Socket();
    Object.defineProperties(socket, { remoteAddress: { value: '127.0.0.1' }, remotePort: { value: 4000 } });
    const message = new IncomingMessage(socket);
    message.headers = { 'x-forwarded-for': '1.2.3.4:99' };
    expect(clientAddress(message, { trust: 'loopback' })).toEqual({ address: '1.2.3.4', port: 99, hops: ['127.0.0.1', '1.2.3.4'] });
    expect(clientAddress(message)).toEqual({ address: '127.0.0.1', port: 4000, hops: ['127.0.0.1'] });
  });

  it('none', () => {
    for (const headers of [undefined, null, {}, { host: '1.2.3.4' }, 'x-forwarded-for: 1.2.3.4', 5, { 'x-forwarded-for': undefined }, { 'x-forwarded-for': [] }, { 'x-forwarded-for': ' , ,' }]) expect(asked(headers)).toBe('10.0.0.1');
  });

  it('not text, which ends the walk', () => {
    for (const value of [5, true, {}, Symbol('s'), [1], ['1.2.3.4', null]]) expect(asked({ 'x-forwarded-for': value })).toBe('10.0.0.1');
  });
});

it('empty elements do not count', () => {
  expect(clientAddress({ remoteAddress: '9.9.9.9', headers: { 'x-forwarded-for': ',6.6.6.6,, 1.2.3.4 ,\t, 8.8.8.8,,' } }, { trust: 2 }).hops).toEqual(['9.9.9.9', '8.8.8.8', '1.2.3.4']);
});

describe('one header is read', () => {
  const headers = { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=7.7.7.7', 'x-real-ip': '1.2.3.4', 'x-original-forwarded-for': '8.8.8.8, 10.0.0.2' };

  it.each([[undefined, '6.6.6.6'], ['x-forwarded-for', '6.6.6.6'], ['Forwarded', '7.7.7.7'], ['X-Real-IP', '1.2.3.4'], ['x-original-forwarded-for', '8.8.8.8'], ['cf-connecting-ip', '10.0.0.1']])('with %j it is %s', (header, address) => {
    expect(asked(headers, header)).toBe(address);
  });

  it('a header for one value gives one, trusted or not', () => {
    const of = (value: unknown) => asked({ 'true-client-ip': value }, 'True-Client-IP');
    expect(of('[2001:db8::1]:80')).toBe('2001:db8::1');
    expect(of(['10.0.0.7'])).toBe('10.0.0.7');
    expect(of(' 10.0.0.7 ,')).toBe('10.0.0.7');
    // One of the two is not the proxy's.
    expect(of('6.6.6.6, 1.2.3.4')).toBe('10.0.0.1');
    expect(of(['6.6.6.6', '1.2.3.4'])).toBe('10.0.0.1');
  });
});

it('what a request throws when it is read is no answer, and no error', () => {
  // As the socket of an HTTP/2 session that has ended does for every property.
  const throwing = new Proxy({}, { get(): never { throw new Error('ended'); }, ownKeys(): never { throw new Error('ended'); } });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const bad of [throwing, revoked] as never[]) {
    expect(clientAddress({ socket: bad, headers: {} }, { trust: ['loopback'] })).toEqual({ address: null, port: null, hops: [] });
    expect(clientAddress({ remoteAddress: '10.0.0.1', headers: bad }, { trust: 1 }).hops).toEqual(['10.0.0.1']);
  }
  const headers = { get(): never { throw new Error('no'); } };
  expect(clientAddress({ remoteAddress: '10.0.0.1', headers }, { trust: 1 }).address).toBe('10.0.0.1');
  expect(clientAddress({ get socket(): never { throw new Error('no'); } }).address).toBe(null);
});
