import { ByteReader } from '@netstrata/stream-core/reader';
import { encodeProxyHeader, parseProxyHeader } from '@netstrata/transport-proxy-protocol';
import theirs from 'proxy-protocol-js';
import { describe, expect, it } from 'vitest';

const parsed = (bytes) => {
  const reader = new ByteReader();
  reader.push(Buffer.from(bytes));
  return parseProxyHeader(reader);
};

const ends = {
  IPv4: [{ address: '203.0.113.7', port: 40_000, family: 'IPv4' }, { address: '198.51.100.1', port: 443, family: 'IPv4' }],
  IPv6: [{ address: '2001:db8::7', port: 1, family: 'IPv6' }, { address: '::1', port: 65_535, family: 'IPv6' }],
};

const bytesOf = { IPv4: [[203, 0, 113, 7], [198, 51, 100, 1]], IPv6: [[0x20, 1, 0x0d, 0xb8, ...Array(11).fill(0), 7], [...Array(15).fill(0), 1]] };

describe.each(['IPv4', 'IPv6'])('proxy-protocol-js, with %s', (family) => {
  const [source, destination] = ends[family];
  const [from, to] = bytesOf[family];

  it('writes version 1 as it is read here, and reads what is written here', () => {
    const protocol = family === 'IPv4' ? theirs.INETProtocol.TCP4 : theirs.INETProtocol.TCP6;
    const peers = [source, destination].map(({ address, port }) => new theirs.Peer(address, port));
    const text = new theirs.V1ProxyProtocol(protocol, ...peers).build();
    expect(parsed(text)).toMatchObject({ version: 1, source, destination });
    const own = Buffer.from(encodeProxyHeader({ version: 1, source, destination })).toString();
    expect(own).toBe(text);
    expect(theirs.V1ProxyProtocol.parse(own)).toMatchObject({ source: { ipAddress: source.address, port: source.port } });
  });

  it('writes version 2 as it is read here, and reads what is written here', () => {
    const [Address, ProxyAddress] = family === 'IPv4'
      ? [theirs.IPv4Address, theirs.IPv4ProxyAddress]
      : [theirs.IPv6Address, theirs.IPv6ProxyAddress];
    const place = new ProxyAddress(Address.createFrom(from), source.port, Address.createFrom(to), destination.port);
    const bytes = new theirs.V2ProxyProtocol(theirs.Command.PROXY, theirs.TransportProtocol.STREAM, place).build();
    expect(parsed(bytes)).toMatchObject({ version: 2, command: 'proxy', source, destination });
    const own = encodeProxyHeader({ version: 2, source, destination });
    expect(Buffer.from(own)).toEqual(Buffer.from(bytes));
    const read = theirs.V2ProxyProtocol.parse(Uint8Array.from(own));
    expect([read.command, read.proxyAddress.sourcePort]).toEqual([theirs.Command.PROXY, source.port]);
  });
});
