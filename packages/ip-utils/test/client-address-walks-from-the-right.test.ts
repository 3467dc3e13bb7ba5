import { describe, expect, it } from 'vitest';
import { clientAddress, type Trust } from '../src/client-address/index.js';
import { addressPolicy } from '../src/policy/index.js';

const asked = (peer: string | undefined, list: string, trust?: Trust) => clientAddress({ remoteAddress: peer, headers: { 'x-forwarded-for': list } }, { trust });
const inside = ['10.0.0.0/8'];

describe('the client', () => {
  it.each<[what: string, peer: string | undefined, list: string, trust: Trust | undefined, hops: string[]]>([
    ['is the peer when nobody is trusted', '10.0.0.1', '1.2.3.4', undefined, ['10.0.0.1']],
    ['is the peer when another is trusted', '9.9.9.9', '1.2.3.4', inside, ['9.9.9.9']],
    ['is the peer when there is no header', '10.0.0.1', '', inside, ['10.0.0.1']],
    ['is the first from the right that is not trusted', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', inside, ['10.0.0.1', '10.0.0.2', '1.2.3.4']],
    ['is the leftmost when all are trusted', '10.0.0.1', '10.0.0.3, 10.0.0.2', inside, ['10.0.0.1', '10.0.0.2', '10.0.0.3']],
    ['is behind as many hops as are counted', '9.9.9.9', '6.6.6.6, 1.2.3.4, 8.8.8.8', 2, ['9.9.9.9', '8.8.8.8', '1.2.3.4']],
    ['is the peer with no hop', '9.9.9.9', '1.2.3.4', 0, ['9.9.9.9']],
    ['is the leftmost when there are fewer hops than are counted', '9.9.9.9', '1.2.3.4', 7, ['9.9.9.9', '1.2.3.4']],
    ['is the last trusted hop before one that hides', '10.0.0.1', '1.2.3.4, unknown, 10.0.0.2', inside, ['10.0.0.1', '10.0.0.2']],
    ['is the last trusted hop before what is no address', '10.0.0.1', '1.2.3.4, 010.0.0.9, 10.0.0.2', inside, ['10.0.0.1', '10.0.0.2']],
    ['is behind a class', '127.0.0.1', '6.6.6.6, 1.2.3.4, 192.168.0.7, ::1', ['loopback', 'private'], ['127.0.0.1', '::1', '192.168.0.7', '1.2.3.4']],
    ['is behind one rule without a list', '127.0.0.1', '1.2.3.4', 'loopback', ['127.0.0.1', '1.2.3.4']],
    ['is behind a policy', '10.0.0.1', '1.2.3.4, 10.0.0.66', addressPolicy({ allow: ['private'], deny: ['10.0.0.66'] }), ['10.0.0.1', '10.0.0.66']],
    ['is behind a range, as an object', '10.0.0.1', '1.2.3.4', [{ range: ['10.0.0.0', '10.0.0.1'] }], ['10.0.0.1', '1.2.3.4']],
    ['does not matter how a trusted IPv4 address is written', '::ffff:10.0.0.1', '1.2.3.4, ::ffff:a00:2', ['10.0.0.1', '10.0.0.2'], ['::ffff:10.0.0.1', '::ffff:10.0.0.2', '1.2.3.4']],
    ['nor how the trust is', '10.0.0.1', '1.2.3.4', ['::ffff:10.0.0.1'], ['10.0.0.1', '1.2.3.4']],
    ['nor in which zone a hop is', 'fe80::1%eth0', '1.2.3.4', ['link-local'], ['fe80::1%eth0', '1.2.3.4']],
  ])('%s', (_, peer, list, trust, hops) => {
    expect(asked(peer, list, trust)).toEqual({ address: hops.at(-1), port: null, hops });
  });

  it('is nobody when the peer has no address', () => {
    for (const peer of [undefined, '', 'localhost']) expect(asked(peer, '1.2.3.4', ['::/0', '0.0.0.0/0'])).toEqual({ address: null, port: null, hops: [] });
  });

  it('is behind a peer without an address that is counted as a hop, as on a UNIX socket', () => {
    expect(asked(undefined, '6.6.6.6, 1.2.3.4', 1)).toEqual({ address: '1.2.3.4', port: null, hops: ['1.2.3.4'] });
    expect(asked(undefined, '6.6.6.6, unknown', 1)).toEqual({ address: null, port: null, hops: [] });
  });

  it('is told in canonical text', () => {
    expect(asked('10.0.0.1', '2001:0DB8:0:0:0:0:0:9C82', inside).address).toBe('2001:db8::9c82');
  });

  it('of an embedded address is trusted when both are', () => {
    expect(asked('2002:a00:1::', '1.2.3.4', ['2002::/16']).address).toBe('2002:a00:1::');
    expect(asked('2002:a00:1::', '1.2.3.4', ['2002::/16', '10.0.0.1']).address).toBe('1.2.3.4');
  });
});

describe('a port', () => {
  it.each([
    ['1.2.3.4:1024', '1.2.3.4', 1024],
    ['[2001:db8::1]:8080', '2001:db8::1', 8080],
    ['[2001:db8::1]', '2001:db8::1', null],
    ['2001:db8::9c82', '2001:db8::9c82', null],
    ['::1:80', '::1:80', null],
    ['[fe80::1%eth0]:80', 'fe80::1%eth0', 80],
    ['1.2.3.4:0', '1.2.3.4', 0],
    ['1.2.3.4:_hidden', '1.2.3.4', null],
    ['[::1]:_port', '::1', null],
  ])('%s is %s and %s', (element, address, port) => {
    expect(asked('9.9.9.9', element, 1)).toEqual({ address, port, hops: ['9.9.9.9', address] });
  });

  it.each(['1.2.3.4:', '1.2.3.4:65536', '1.2.3.4:1e3', '1.2.3.4:-1', '1.2.3.4:80:80', '[::1]80', '[::1', '[::1]:', '::1]', '[1.2.3.4]', '[1.2.3.4]:80', '1.2.3.4 ,x', '_hidden', 'unknown', '1.2.3', '0x7f.1', '١.1.1.1', '"1.2.3.4"'])('%j is no address and port', (element) => {
    expect(asked('9.9.9.9', element, 1)).toEqual({ address: '9.9.9.9', port: null, hops: ['9.9.9.9'] });
  });

  it('is that of the peer when the peer is the client', () => {
    expect(clientAddress({ remoteAddress: '9.9.9.9', remotePort: 5000 }).port).toBe(5000);
    expect(clientAddress({ remoteAddress: '9.9.9.9', remotePort: 5000, headers: { 'x-forwarded-for': '1.2.3.4' } }, { trust: 1 }).port).toBe(null);
    expect(clientAddress({ remoteAddress: '9.9.9.9', remotePort: -5 }).port).toBe(null);
  });
});
