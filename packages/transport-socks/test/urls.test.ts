import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { proxyOf } from '../src/options/proxy.js';

const thrownBy = (run: () => unknown): { code?: string; message?: string } => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};

describe('the URL of a proxy', () => {
  it.each([
    ['socks://10.0.0.1', 'socks5', { address: '10.0.0.1', port: 1080, family: 'IPv4' }],
    ['socks5://proxy.example:99', 'socks5', { host: 'proxy.example', port: 99 }],
    ['socks5h://[fd00::1]:99', 'socks5', { address: 'fd00::1', port: 99, family: 'IPv6' }],
    ['socks4a://proxy', 'socks4a', { host: 'proxy', port: 1080 }],
    ['socks4://10.0.0.1/', 'socks4', { address: '10.0.0.1', port: 1080, family: 'IPv4' }],
    ['http://proxy', 'http', { host: 'proxy', port: 80 }],
    ['http://proxy:3128', 'http', { host: 'proxy', port: 3128 }],
  ])('%s', (url, protocol, endpoint) => {
    expect(proxyOf(url)).toEqual({ protocol, endpoint, credentials: null, resolve: null });
    expect(proxyOf(new URL(url))).toEqual(proxyOf(url));
  });

  it('may have credentials, and say where names are resolved', () => {
    expect(proxyOf('socks5://a%3Ab:%2F@p?resolve=here')).toMatchObject({ credentials: { user: 'a:b', password: '/' }, resolve: 'here' });
    expect(proxyOf('socks5://a@p?resolve=there')).toMatchObject({ credentials: { user: 'a', password: '' }, resolve: 'there' });
  });

  it.each([
    'https://u:secret@p', 'ftp://u:secret@p', 'u:secret@p', 'secret', '', 'socks5://u:secret@', 'socks5://u:secret@p/path', 'socks5://u:secret@p#x',
    'socks5://u:secret@p?resolve=maybe', 'socks5://u:secret@p?a=b', 'socks5://:secret@p', 'socks5://u:secret%@p', 'socks5://u:secret@p:99999',
    'socks4://u:secret@p', 'socks4a://secret%00@p', 'http://u%3A:secret@p', 'http://u%0A:secret@p', `socks5://u:${'secret'.repeat(50)}@p`,
    'socks5://u:secret@a%20b', 'socks5://u:secret@a%0d%0ab',
  ])('is refused without being shown: %s', (url) => {
    const error = thrownBy(() => socks(url, { over: tcp }));
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
    expect(`${error.message}`).not.toContain('secret');
  });

  it('of a proxy that wants TLS is refused with what to do', () => {
    expect(thrownBy(() => socks('https://p', { over: tcp })).message).toContain('needs TLS to the proxy');
  });

  it('is a text or a URL, and there is at least one', () => {
    for (const nonsense of [undefined, null, 5, {}]) expect(thrownBy(() => socks(nonsense as never, { over: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    expect(thrownBy(() => socks([], { over: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
  });
});

describe('the options', () => {
  it.each([
    [undefined, 'ERR_INVALID_ARG_TYPE'], [{}, 'ERR_INVALID_ARG_TYPE'], [{ over: {} }, 'ERR_INVALID_ARG_TYPE'],
    [{ over: tcp, resolve: 'elsewhere' }, 'ERR_INVALID_ARG_VALUE'], [{ over: tcp, timeout: 'long' }, 'ERR_INVALID_ARG_TYPE'],
    [{ over: tcp, timeout: 0 }, 'ERR_OUT_OF_RANGE'], [{ over: tcp, early: 1 }, 'ERR_INVALID_ARG_TYPE'], [{ over: tcp, pipeline: 'yes' }, 'ERR_INVALID_ARG_TYPE'],
    [{ over: tcp, lookup: true }, 'ERR_INVALID_ARG_TYPE'], [{ over: tcp, clock: {} }, 'ERR_INVALID_ARG_TYPE'],
  ])('%j: %s', (options, code) => {
    expect(thrownBy(() => socks('socks5://p', options as never))).toMatchObject({ code });
  });

  it('are not read from Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'resolve', { value: 'here', configurable: true });
    try {
      expect(socks('socks5://p', { over: tcp }).capabilities.names).toBe(true);
    } finally {
      delete (Object.prototype as { resolve?: string }).resolve;
    }
  });
});

describe('what a transport says of itself', () => {
  const saidBy = (url: string, more = {}) => {
    const transport = socks(url, { over: tcp, ...more });
    const { names, listen, bind, adopt, open, halfClose } = transport.capabilities;
    return [transport.name, names, listen, typeof transport.listen, bind, adopt, open, halfClose];
  };

  it.each([
    ['socks5://p', {}, ['socks5', true, true, 'function', false, false, false, true]],
    ['socks5://p?resolve=here', {}, ['socks5', false, true, 'function', false, false, false, true]],
    ['socks5://p', { resolve: 'here' }, ['socks5', false, true, 'function', false, false, false, true]],
    ['socks4a://p', {}, ['socks4a', true, false, 'undefined', false, false, false, true]],
    ['socks4://p', {}, ['socks4', false, false, 'undefined', false, false, false, true]],
    ['http://p', {}, ['http-connect', true, false, 'undefined', false, false, false, true]],
  ])('%s %j', (url, options, said) => {
    expect(saidBy(url, options)).toEqual(said);
  });
});
