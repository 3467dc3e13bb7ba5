import { codedError, invalidArgType } from '@netstrata/stream-core';
import type { NameEndpoint } from '@netstrata/transport';

interface Page { readonly location?: { readonly href?: string } }

/** Where a URL leads. */
export interface Target {
  readonly href: string;
  readonly path: string;
  /** For errors: a name or an address, which was not looked at. */
  readonly endpoint: NameEndpoint;
}

const SCHEMES: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' };

/** Nothing of it is shown: there may be a password in it. */
const invalid = (why: string): Error => codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'url' ${why}`);

/**
 * Takes `ws:` and `wss:`, the same as `http:` and `https:`, and in a page what is relative to it.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`
 */
export function targetOf(given: string | URL): Target {
  if (typeof given !== 'string' && !(given instanceof URL)) throw invalidArgType('url', 'of type string or a URL', given);
  let url: URL;
  try {
    url = new URL(given, (globalThis as Page).location?.href);
  } catch {
    throw invalid('is no URL');
  }
  const scheme = SCHEMES[url.protocol];
  if (scheme === undefined) throw invalid('must begin with ws: or wss:');
  if (url.username !== '' || url.password !== '') throw invalid('must not have a user or a password: use options.token or options.headers');
  if (url.hash !== '') throw invalid('must not have a fragment');
  url.protocol = scheme;
  const port = url.port === '' ? (scheme === 'ws:' ? 80 : 443) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { href: url.href, path: url.pathname, endpoint: { host, port } };
}
