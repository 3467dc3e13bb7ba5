import { expect, it } from 'vitest';
import { parseAddress, parseHostPort, parseReverseName, parseURLHost } from '../src/address/index.js';
import { parseCIDR, whyNotCIDR } from '../src/cidr/index.js';
import { BlockList } from '../src/block-list/index.js';
import { cidrContains } from '../src/cidr/index.js';
import { classify, looseIPv4 } from '../src/classify/index.js';
import { isIP } from '../src/index.js';
import { SocketAddress } from '../src/socket-address/index.js';

const size = 2 * 1024 * 1024;
const code = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    expect((error as Error).message.length).toBeLessThan(300);
    return (error as { code: unknown }).code;
  }
};

it.each(['1', 'f', ':', '.', '1.', 'f:', '%', '0', '1:', ' ', '1.2.3.4', '::1', 'fe80::1%a'])('2 MB of %j simply return', (piece) => {
  const text = piece.repeat(size / piece.length);
  expect(isIP(text)).toBe(0);
  expect(parseAddress(text)).toBe(null);
  expect(parseCIDR(text)).toBe(null);
  expect(classify(text)).toBe(null);
  expect([parseHostPort(text), parseURLHost(text), parseReverseName(text)]).toEqual([null, null, null]);
  expect([whyNotCIDR(text), whyNotCIDR(`${text}/8`), whyNotCIDR(`10.0.0.0/${text}`)]).not.toContain(null);
  expect(new BlockList().check(text, 'ipv6')).toBe(false);
  // A number of zeros is zero to inet_aton, however many; what follows white space does not count.
  expect(looseIPv4(text)).toBe(piece === '0' ? '0.0.0.0' : null);
});

it.each(['1', "'", '/', ':', '\u00e9', '\u0301\u0316', '\uff11', '\u3002', '[', '@', '/..', '\0'])('1 MB of %j are refused, in few words', (piece) => {
  const text = piece.repeat(size / 2 / piece.length);
  const list = new BlockList();
  expect(SocketAddress.parse(text)).toBe(undefined);
  expect(SocketAddress.parse(`http://${text}`)).toBe(undefined);
  for (const cidr of [text, `${text}/8`, `10.0.0.0/${text}`]) {
    expect(code(() => { list.addCIDR(cidr); })).toMatch(/^ERR_INVALID_(ARG_VALUE|ADDRESS)$/);
    expect(code(() => cidrContains(cidr, '10.0.0.1'))).toBe('ERR_INVALID_ARG_VALUE');
    expect(code(() => cidrContains('10.0.0.0/8', cidr))).toBe(false);
  }
  expect(code(() => { list.addAddress('10.0.0.1', text); })).toBe('ERR_INVALID_ARG_VALUE');
  expect(code(() => new SocketAddress({ family: text }))).toBe('ERR_INVALID_ARG_VALUE');
  expect(code(() => new SocketAddress({ address: text }))).toBe('ERR_INVALID_ADDRESS');
  expect(code(() => new SocketAddress({ port: `${text}.` }))).toBe('ERR_SOCKET_BAD_PORT');
  expect(looseIPv4(`1.2.3.4x${text}`)).toBe(null);
  expect(looseIPv4(`1.2.3.4 ${text}`)).toBe('1.2.3.4');
  list.fromJSON([`Subnet: IPv4 ${text}`, `Range: IPv6 ${text}-${text}`, `IPv4 ${'Subnet: IPv4 '.repeat(1e5)}`]);
  expect(list.size).toBe(0);
});

it('an address with more than belongs to it is taken as long as it is no longer than that', () => {
  const longest = '0000:0000:0000:0000:0000:ffff:255.255.255.255';
  expect([longest, `${longest}%${'z'.repeat(100)}`].map(isIP)).toEqual([6, 6]);
  expect(parseAddress(`${longest}%zone`)?.zone).toBe('zone');
  expect(parseCIDR(`${longest}/128`)?.prefix).toBe(128);
  expect(isIP(`0${longest}`) + isIP(`${longest}0`)).toBe(0);
  const list = new BlockList();
  // As with node:net: what follows a NUL, or begins a zone, does not count.
  list.addCIDR(`10.0.0.0\0${'x'.repeat(5000)}/8`);
  list.addCIDR(`fe80::%${'x'.repeat(5000)}/64`);
  expect(list.rules).toEqual(['Subnet: IPv6 fe80::/64', 'Subnet: IPv4 10.0.0.0/8']);
  expect(SocketAddress.parse(`${'0'.repeat(500)}10.0.0.1:81`)?.toJSON()).toMatchObject({ address: '8.0.0.1', port: 81 });
});

it('a zone of 10 MB is a zone', () => {
  expect(isIP(`fe80::1%${'a'.repeat(size)}`)).toBe(6);
});
