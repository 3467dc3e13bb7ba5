import { tcp } from '@netstrata/transport-tcp';
import type { ConnectSink, DialEndpoint, Transport } from '@netstrata/transport';
import { refusedConnection } from '@netstrata/transport/layers';
import { systemError } from '@netstrata/transport';
import { describe, expect, it } from 'vitest';
import type { Lookup } from '../src/index.js';
import { socksServer, type SocksRefusal, type SocksServerOptions } from '../src/server/index.js';
import { encodeMessage } from '../src/wire/address.js';
import { concat } from '../src/wire/bytes.js';
import { bytesOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { raw } from './support/scripted.js';

/** A transport that dials nothing, and remembers what it was asked. */
function recording(names = false): { transport: Transport; dialled: DialEndpoint[] } {
  const dialled: DialEndpoint[] = [];
  const transport: Transport = {
    name: 'recording',
    capabilities: { ...tcp.capabilities, listen: false, names },
    connect(endpoint, sink: ConnectSink) {
      dialled.push(endpoint);
      return refusedConnection(sink, systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint }), null);
    },
  };
  return { transport, dialled };
}

/** What the server replies to a request for a place, of bytes or a name. */
async function replyTo(options: SocksServerOptions, place: number[] | string, port = 80): Promise<number> {
  const { local } = await proxyOn(tcp, options);
  const socket = await raw(local.port);
  const address = typeof place === 'string' ? [3, place.length, ...Buffer.from(place, 'latin1')] : [place.length === 4 ? 1 : 4, ...place];
  socket.write(concat([5, 1, 0, 5, 1, 0], address, [port >> 8, port & 255]));
  const [, , version, reply] = await bytesOf(socket, 12);
  expect(version).toBe(5);
  socket.destroy();
  return reply;
}

const system: Lookup = (host, _, callback) => {
  // As a resolver of the system would make addresses of loose spellings.
  const address = /^localhost\.?$/i.test(host) || /^[0-9.xa-f]+$/i.test(host) ? '127.0.0.1' : '93.184.216.34';
  callback(null, [{ address, family: 4 }]);
};

const six = (text: string): number[] => [...encodeMessage(1, { address: text, port: 0, family: 'IPv6' }).slice(4, -2)];

describe('by default a client reaches public addresses only', () => {
  it.each<[string, number[] | string]>([
    ['127.0.0.1', [127, 0, 0, 1]], ['10.0.0.1', [10, 0, 0, 1]], ['169.254.169.254', [169, 254, 169, 254]], ['0.0.0.0', [0, 0, 0, 0]],
    ['192.168.1.1', [192, 168, 1, 1]], ['100.64.0.1', [100, 64, 0, 1]], ['224.0.0.1', [224, 0, 0, 1]], ['255.255.255.255', [255, 255, 255, 255]],
    ['::1', six('::1')], ['::', six('::')], ['fd00::1', six('fd00::1')], ['fe80::1', six('fe80::1')],
    ['::ffff:127.0.0.1 in 16 bytes', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1]], ['64:ff9b::7f00:1', six('64:ff9b::7f00:1')], ['2002:7f00:1::', six('2002:7f00:1::')],
    ['::127.0.0.1', six('::7f00:1')], ['a Teredo address of 10.0.0.1', six('2001:0:1:1:0:0:f5ff:fffe')],
    ['localhost', 'localhost'], ['LOCALHOST.', 'LOCALHOST.'], ['127.0.0.1 as a name', '127.0.0.1'], ['::1 as a name', '::1'], ['::ffff:7f00:1 as a name', '::ffff:7f00:1'],
    ['127.1', '127.1'], ['0x7f.1', '0x7f.1'], ['0177.0.0.1', '0177.0.0.1'], ['2130706433', '2130706433'], ['0', '0'], ['127.0.0.1.', '127.0.0.1.'], ['0x7f000001', '0x7f000001'],
  ])('not %s', async (_, place) => {
    const { transport, dialled } = recording();
    expect(await replyTo({ over: transport, lookup: system }, place)).toBe(2);
    expect(dialled).toEqual([]);
  });

  it.each(['[::ffff:7f00:1]', '[::1]', 'a b', 'a\r\nb', 'a\0b', '', 'a/b', 'a@b', 'a:80', '\u00e4.example', '127.0.0.1%00', '%31'])('not %j, which is no name', async (place) => {
    const { transport, dialled } = recording();
    expect(await replyTo({ over: transport, lookup: system }, place)).toBe(4);
    expect(dialled).toEqual([]);
  });

  it('a public one is dialled, also by its name', async () => {
    const { transport, dialled } = recording();
    expect(await replyTo({ over: transport, lookup: system }, [93, 184, 216, 34])).toBe(5);
    expect(await replyTo({ over: transport, lookup: system }, 'example.com', 443)).toBe(5);
    expect(dialled).toEqual([{ address: '93.184.216.34', port: 80, family: 'IPv4' }, { address: '93.184.216.34', port: 443, family: 'IPv4' }]);
  });
});

describe('what is dialled is exactly what was judged', () => {
  it('also where the resolver changes its mind: it is asked once for each dial', async () => {
    const { transport, dialled } = recording();
    let asked = 0;
    const lookup: Lookup = (_, __, callback) => { callback(null, [{ address: ++asked === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }]); };
    const options = { over: transport, lookup };
    expect(await replyTo(options, 'a.example')).toBe(5);
    expect(await replyTo(options, 'a.example')).toBe(2);
    expect(dialled).toEqual([{ address: '93.184.216.34', port: 80, family: 'IPv4' }]);
  });

  it('of several addresses those that are allowed, in turn', async () => {
    const { transport, dialled } = recording();
    const addresses = ['10.0.0.1', '93.184.216.34', '::ffff:127.0.0.1', 'nonsense', '2606:4700::1', '64:ff9b::a00:1'];
    const lookup: Lookup = (_, __, callback) => { callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))); };
    expect(await replyTo({ over: transport, lookup }, 'a.example')).toBe(5);
    expect(dialled.map((endpoint) => 'address' in endpoint && endpoint.address)).toEqual(['93.184.216.34', '2606:4700::1']);
  });

  it('with the port: a rule for one is none for another', async () => {
    const { transport, dialled } = recording();
    const options = { over: transport, policy: { allow: ['10.0.0.0/8:443'] } };
    expect(await replyTo(options, [10, 0, 0, 1], 443)).toBe(5);
    expect(await replyTo(options, [10, 0, 0, 1], 80)).toBe(2);
    expect(dialled.length).toBe(1);
  });
});

describe('names', () => {
  it('that are passed on, where nobody sees their addresses, are allowed one by one', async () => {
    const { transport, dialled } = recording(true);
    expect(await replyTo({ over: transport }, 'example.com')).toBe(2);
    const options = { over: transport, hosts: ['example.com', '*.Example.ORG'] };
    for (const name of ['example.com', 'EXAMPLE.com.', 'a.b.example.org']) expect(await replyTo(options, name)).toBe(5);
    for (const name of ['example.org', 'notexample.org', 'www.example.com', 'localhost', '127.1']) expect(await replyTo(options, name)).toBe(2);
    expect(await replyTo({ over: transport, hosts: ['*'] }, '0x7f.1')).toBe(2);
    for (const name of ['127.0.0.1', 'localhost', 'db.localhost.']) expect(await replyTo({ over: transport, hosts: ['*'] }, name)).toBe(2);
    expect(dialled).toEqual(['example.com', 'EXAMPLE.com.', 'a.b.example.org'].map((host) => ({ host, port: 80 })));
  });

  it('that are looked up here can be restricted too, and are judged by their addresses all the same', async () => {
    const { transport, dialled } = recording();
    const options = { over: transport, lookup: system, hosts: ['localhost', 'example.com'] };
    expect([await replyTo(options, 'localhost'), await replyTo(options, 'example.com'), await replyTo(options, 'example.org')]).toEqual([2, 5, 2]);
    expect(dialled.length).toBe(1);
  });

  it('that nobody knows are "host unreachable"', async () => {
    const { transport } = recording();
    const lookups: Lookup[] = [(_, __, callback) => { callback(new Error('no'), []); }, () => { throw new Error('no'); }, (_, __, callback) => { callback(null, []); }];
    for (const lookup of lookups) expect(await replyTo({ over: transport, lookup }, 'a.example')).toBe(4);
  });
});

describe('the options', () => {
  it.each([
    [undefined, 'ERR_INVALID_ARG_TYPE'], [{}, 'ERR_INVALID_ARG_TYPE'], [{ over: tcp, authenticat: () => true }, 'ERR_INVALID_ARG_VALUE'], [{ over: tcp, allow: [] }, 'ERR_INVALID_ARG_VALUE'],
    [{ over: tcp, authenticate: 'me' }, 'ERR_INVALID_ARG_TYPE'], [{ over: tcp, policy: 'public' }, 'ERR_INVALID_ARG_TYPE'], [{ over: tcp, policy: { alow: [] } }, 'ERR_INVALID_ARG_VALUE'],
    [{ over: tcp, hosts: 'a' }, 'ERR_INVALID_ARG_TYPE'], [{ over: tcp, hosts: ['a b'] }, 'ERR_INVALID_ARG_VALUE'], [{ over: tcp, hosts: ['*a'] }, 'ERR_INVALID_ARG_VALUE'],
    [{ over: { ...recording().transport }, bind: true }, 'ERR_INVALID_ARG_VALUE'], [{ over: tcp, maxConnections: -1 }, 'ERR_OUT_OF_RANGE'], [{ over: tcp, timeout: '5' }, 'ERR_INVALID_ARG_TYPE'],
  ])('%#: a mistake is an error at once', (options, code) => {
    expect(() => socksServer(options as never)).toThrow(expect.objectContaining({ code }));
  });
});

it('what is refused here is told of: what, and where it was to lead', async () => {
  const refusals: unknown[] = [];
  const { transport } = recording();
  const options = { over: transport, lookup: system, onRefused: (refusal: SocksRefusal) => { refusals.push([refusal.code, refusal.endpoint]); } };
  await replyTo(options, [127, 0, 0, 1]);
  await replyTo(options, '127.1');
  await replyTo(options, 'a b');
  const { local } = await proxyOn(tcp, options);
  for (const said of [[5, 1, 0, 5, 3, 0, 1, 192, 0, 2, 1, 0, 80], [5, 1, 7], [4, 1, 0]]) {
    const socket = await raw(local.port);
    socket.write(Uint8Array.from(said));
    await new Promise((resolve) => socket.on('close', resolve).on('end', () => socket.end()).resume());
  }
  expect(refusals).toEqual([
    ['EACCES', { address: '127.0.0.1', port: 80, family: 'IPv4' }], ['EACCES', { host: '127.1', port: 80 }], ['ENOTFOUND', { host: 'a b', port: 80 }],
    ['EOPNOTSUPP', { address: '192.0.2.1', port: 80, family: 'IPv4' }], ['EACCES', null], ['EPROTO', null],
  ]);
  // A server that could be reached is the business of who dials it.
  await replyTo(options, [93, 184, 216, 34]);
  expect(refusals).toHaveLength(6);
});
