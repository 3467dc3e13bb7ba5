import { addressPolicy } from '@netstrata/ip-utils/policy';
import { BlockList } from '@netstrata/ip-utils/block-list';
import { createNetwork } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { encodeProxyHeader, proxyProtocol, type ProxyHeaderFields, type ProxyProtocolOptions } from '../src/index.js';
import { CLIENT, SITE } from './support/lab.js';

const { tcp } = createNetwork().host('here', '10.0.0.1');
const make = (options: unknown): unknown => proxyProtocol(tcp, options as ProxyProtocolOptions);
const trust = ['loopback'];

describe('options', () => {
  it.each([
    ['nothing to do', {}, 'ERR_INVALID_ARG_VALUE'],
    ['no options', undefined, 'ERR_INVALID_ARG_TYPE'],
    ['nobody who is trusted', { accept: 'required' }, 'ERR_INVALID_ARG_VALUE'],
    ['a list of trust with an entry that is none', { accept: true, trust: ['10.0.0.0/8', '10.0.0.300'] }, 'ERR_INVALID_ARG_VALUE'],
    ['a list of trust with a hole', { accept: true, trust: ['10.0.0.0/8', undefined] }, 'ERR_INVALID_ARG_VALUE'],
    ['a network with host bits', { accept: true, trust: ['10.0.0.1/8x'] }, 'ERR_INVALID_ARG_VALUE'],
    ['trust that is text', { accept: true, trust: 'loopback' }, 'ERR_INVALID_ARG_TYPE'],
    ['no policy', { accept: true, trust: {} }, 'ERR_INVALID_ARG_VALUE'],
    ['a policy of whom not to trust alone', { accept: true, trust: { deny: ['10.0.0.9'] } }, 'ERR_INVALID_ARG_VALUE'],
    ['a BlockList for a policy', { accept: true, trust: new BlockList() }, 'ERR_INVALID_ARG_TYPE'],
    ['a policy with a misspelt field', { accept: true, trust: { alow: trust } }, 'ERR_INVALID_ARG_VALUE'],
    ['a misspelt accept', { acept: 'required', trust }, 'ERR_INVALID_ARG_VALUE'],
    ['another accept', { accept: 'always', trust }, 'ERR_INVALID_ARG_VALUE'],
    ['trust without accept', { send: 1, trust }, 'ERR_INVALID_ARG_VALUE'],
    ['trustPaths that is no boolean', { accept: true, trust, trustPaths: 1 }, 'ERR_INVALID_ARG_TYPE'],
    ['no time', { accept: true, trust, timeout: 0 }, 'ERR_OUT_OF_RANGE'],
    ['endless time', { accept: true, trust, timeout: Infinity }, 'ERR_OUT_OF_RANGE'],
    ['time in text', { accept: true, trust, timeout: '5' }, 'ERR_INVALID_ARG_TYPE'],
    ['no room to wait', { accept: true, trust, maxWaiting: 0 }, 'ERR_OUT_OF_RANGE'],
    ['room to wait in text', { accept: true, trust, maxWaiting: '1' }, 'ERR_INVALID_ARG_TYPE'],
    ['half a clock', { accept: true, trust, clock: { setTimeout } }, 'ERR_INVALID_ARG_TYPE'],
    ['an endless header', { accept: true, trust, maxHeader: 65_536 }, 'ERR_OUT_OF_RANGE'],
    ['a listener that is none', { accept: true, trust, onRefused: 'log' }, 'ERR_INVALID_ARG_TYPE'],
    ['version 3', { send: 3 }, 'ERR_INVALID_ARG_VALUE'],
    ['a source without send', { accept: true, trust, source: CLIENT }, 'ERR_INVALID_ARG_VALUE'],
    ['details in version 1', { send: 1, authority: 'a' }, 'ERR_INVALID_ARG_VALUE'],
    ['a header that is no function', { send: 1, header: {} }, 'ERR_INVALID_ARG_TYPE'],
  ])('with %s are refused at once', (_what, options, code) => {
    expect(() => make(options)).toThrow(expect.objectContaining({ code }));
  });

  it.each<[string, ProxyProtocolOptions]>([
    ['a list', { accept: true, trust: ['10.0.0.0/8', { class: 'loopback' }] }], ['options of a policy', { accept: 'optional', trust: { allow: trust, deny: ['10.0.0.9'] } }],
    ['everybody', { accept: true, trust: { default: 'allow' }, maxWaiting: Infinity }],
    ['a policy', { accept: 'required', trust: addressPolicy({ allow: trust }) }], ['paths alone', { accept: 'required', trustPaths: true }],
  ])('name whom to trust by %s', (_what, options) => {
    expect(make(options)).toMatchObject({ name: 'proxy-protocol over memory' });
  });

  it('are named in what is wrong with a rule', () => {
    expect(() => make({ accept: true, trust: ['10.0.0.0/8', '10.0.0.300'] })).toThrow("'options.trust[1]' is no CIDR");
    expect(() => make({ accept: true, trust: { allow: ['x'] } })).toThrow("'options.trust.allow[0]' is no CIDR");
  });

  it('are not read from Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'trust', { value: ['0.0.0.0/0'], configurable: true });
    try {
      expect(() => make({ accept: 'required' })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    } finally {
      Reflect.deleteProperty(Object.prototype, 'trust');
    }
  });

  it('leave the transport without listen where the one below has none', () => {
    const { name, capabilities } = tcp;
    const dialling = { name, capabilities: { ...capabilities, listen: false }, connect: tcp.connect.bind(tcp) };
    expect(proxyProtocol(dialling, { send: 1 })).toMatchObject({ listen: undefined });
  });
});

describe('a header to write', () => {
  it.each([
    [null, 'ERR_INVALID_ARG_TYPE'], [{ version: 3 }, 'ERR_INVALID_ARG_VALUE'], [{ command: 'PROXY' }, 'ERR_INVALID_ARG_VALUE'],
    [{ source: '1.2.3.4' }, 'ERR_INVALID_ARG_TYPE'], [{ source: { address: 'localhost', port: 1 } }, 'ERR_INVALID_ARG_VALUE'],
    [{ source: { address: '1.2.3.4', port: 65536 } }, 'ERR_SOCKET_BAD_PORT'], [{ source: { path: '' } }, 'ERR_INVALID_ARG_VALUE'],
    [{ source: { path: '/a\0b' } }, 'ERR_INVALID_ARG_VALUE'], [{ authority: 'a\nb' }, 'ERR_INVALID_ARG_VALUE'], [{ netns: 'a\0' }, 'ERR_INVALID_ARG_VALUE'],
    [{ tls: { commonName: 'site\0.example' } }, 'ERR_INVALID_ARG_VALUE'], [{ source: { address: '192.0.2.1\r\nX', port: 1 } }, 'ERR_INVALID_ARG_VALUE'],
    [{ source: { address: '192.0.2.1', port: '1\r\nX' } }, 'ERR_SOCKET_BAD_PORT'],
    [{ authority: 5 }, 'ERR_INVALID_ARG_TYPE'], [{ alpn: '€' }, 'ERR_INVALID_ARG_VALUE'], [{ uniqueId: 'text' }, 'ERR_INVALID_ARG_TYPE'],
    [{ uniqueId: new Uint8Array(129) }, 'ERR_INVALID_ARG_VALUE'], [{ tlvs: {} }, 'ERR_INVALID_ARG_TYPE'], [{ tlvs: [{ type: 256, value: Buffer.of() }] }, 'ERR_INVALID_ARG_VALUE'],
    [{ tlvs: [{ type: 1, value: new Uint8Array(65_536) }] }, 'ERR_INVALID_ARG_VALUE'], [{ tlvs: [{ type: 1, value: new Uint8Array(65_535) }] }, 'ERR_INVALID_ARG_VALUE'],
    [{ tls: { verify: -1 } }, 'ERR_INVALID_ARG_VALUE'], [{ tls: { version: 1.3 } }, 'ERR_INVALID_ARG_TYPE'], [{ crc: 1 }, 'ERR_INVALID_ARG_TYPE'],
  ])('%j is refused', (fields, code) => {
    const given = (fields === null ? null : { version: 2, destination: SITE, ...fields }) as ProxyHeaderFields;
    expect(() => encodeProxyHeader(given)).toThrow(expect.objectContaining({ code }));
  });
});
