import { codedError, optionOf, optionsOf, type CodedError } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';
import { socks } from '@netstrata/transport-socks';
import { tcp } from '@netstrata/transport-tcp';
import { checkTransport } from '../args/check-transport.js';
import { checkObject } from '../args/validate.js';
import type { Route } from '../shared/routes.js';

/** What a net gets as routes for what `register` is told. Throws ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE. */
export function routesBy(given: unknown, from: string): readonly Route[] {
  if (isProxy(given)) return [{ transport: through([given], from), listen: false }];
  if (!Array.isArray(given)) {
    checkTransport(given, from);
    return [{ transport: given, listen: false }];
  }
  const list = Array.from(given as readonly unknown[]);
  if (list.length === 0) throw wrong(from, 'names no proxy and no route');
  if (list.every(isProxy)) return [{ transport: through(list, from), listen: false }];
  return list.map((route, i) => {
    if (isProxy(route)) throw wrong(from, 'mixes proxies and routes');
    checkObject(route, `${from}[${i}]`);
    return { ...optionsOf(route as Route, ['host', 'port', 'transport']), listen: optionOf(route as Route, 'listen') ?? false };
  });
}

type Proxy = string | { readonly href: string };

function isProxy(given: unknown): given is Proxy {
  if (typeof given === 'string') return true;
  return typeof given === 'object' && given !== null && typeof optionOf(given as Partial<URL>, 'href') === 'string';
}

/** By way of proxies, the first of which is dialled as ever: nobody judges that, as who has named it has allowed it. */
export function through(proxies: readonly Proxy[], from: string): Transport {
  const urls = proxies.map((proxy, i) => urlOf(typeof proxy === 'string' ? proxy : proxy.href, from, i));
  try {
    return socks(urls, { over: tcp });
  } catch (error) {
    // It does not know where the URL came from.
    throw codedError(TypeError, (error as CodedError).code, `${from}: ${(error as Error).message}`);
  }
}

/** No error shows a URL: it may have a password in it. */
function urlOf(text: string, from: string, index: number): URL {
  let url: URL | null = null;
  try {
    url = new URL(text);
  } catch {
    // What it says has the URL in it.
  }
  if (url === null || url.hostname === '') throw wrong(from, `has a proxy that is no URL with a host, number ${index + 1}`);
  return url;
}

function wrong(from: string, reason: string): Error {
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `${from} ${reason}`);
}
