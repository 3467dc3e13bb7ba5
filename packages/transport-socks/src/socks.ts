import { invalidArgValue } from '@netstrata/stream-core';
import type { ResolvingTransport, Transport } from '@netstrata/transport';
import { ListeningProxyTransport, ProxyTransport } from './client/transports.js';
import { settingsOf, type Settings, type SocksOptions } from './options/socks-options.js';

/**
 * A transport that dials through a proxy, or through several: the first is dialled over `options.over`, each other one through those
 * before. URLs are `socks5://user:password@host:1080` (also `socks:`, `socks5h:`), `socks4a:`, `socks4:` (IPv4 addresses only) and `http:`
 * (CONNECT), each with `?resolve=here` for addresses only. With SOCKS5 it listens too, by BIND.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`; RangeError `ERR_OUT_OF_RANGE`. No error shows a URL
 */
export function socks(proxy: string | URL | readonly (string | URL)[], options: SocksOptions & { readonly resolve: 'here' }): Transport;
export function socks(proxy: `socks4:${string}` | `${string}?resolve=here`, options: SocksOptions): Transport;
export function socks(proxy: string | URL | readonly (string | URL)[], options: SocksOptions): ResolvingTransport;
export function socks(proxy: string | URL | readonly (string | URL)[], options: SocksOptions): Transport {
  const settings = settingsOf(options);
  const proxies = Array.isArray(proxy) ? Array.from(proxy as readonly (string | URL)[]) : [proxy as string | URL];
  if (proxies.length === 0) throw invalidArgValue('proxy', [], 'must not be empty');
  const [first, ...others] = proxies;
  return others.reduce((over, one) => transportOf(settings(one, over)), transportOf(settings(first)));
}

function transportOf(settings: Settings): Transport {
  return settings.proxy.protocol === 'socks5' ? new ListeningProxyTransport(settings) : new ProxyTransport(settings);
}
