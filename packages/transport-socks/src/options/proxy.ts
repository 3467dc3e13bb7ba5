import { isIP } from '@netstrata/ip-utils';
import { codedError, invalidArgType } from '@netstrata/stream-core';
import type { InetEndpoint, NameEndpoint } from '@netstrata/transport';
import { encode } from '../wire/bytes.js';
import { nameOnWire } from '../wire/names.js';
import type { Credentials } from '../wire/socks5.js';

type Protocol = 'socks5' | 'socks4a' | 'socks4' | 'http';

/** Where a proxy is, and how to speak with it. */
export interface Proxy {
  readonly protocol: Protocol;
  readonly endpoint: InetEndpoint | NameEndpoint;
  readonly credentials: Credentials | null;
  readonly resolve: 'there' | 'here' | null;
}

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['socks:', 'socks5'], ['socks5:', 'socks5'], ['socks5h:', 'socks5'], ['socks4a:', 'socks4a'], ['socks4:', 'socks4'], ['http:', 'http'],
]);

/** A field of RFC 1929 has one byte for its length. */
const LONGEST_FIELD = 255;

/** The URL is not shown: it may have a password. */
const invalid = (reason: string): Error => codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The URL of a proxy ${reason}`, proxyOf);

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE. */
export function proxyOf(given: string | URL): Proxy {
  if (typeof given !== 'string' && !(given instanceof URL)) {
    // As it is: what is shown of an object may be more than its type.
    throw invalidArgType('proxy', 'of type string or an instance of URL', typeof given === 'object' ? {} : given);
  }
  const url = parse(String(given));
  if (url.protocol === 'https:') throw invalid('begins with https:, which needs TLS to the proxy, and that is not below this transport');
  const protocol = PROTOCOLS.get(url.protocol);
  if (protocol === undefined) throw invalid('begins with none of socks:, socks5:, socks5h:, socks4a:, socks4: and http:');
  if ((url.pathname !== '' && url.pathname !== '/') || url.hash !== '') throw invalid('has a path or a fragment');
  return { protocol, endpoint: endpointOf(url), credentials: credentialsOf(url, protocol), resolve: resolveOf(url) };
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw invalid('is none');
  }
}

function endpointOf({ protocol, hostname, port: given }: URL): InetEndpoint | NameEndpoint {
  const port = given === '' ? (protocol === 'http:' ? 80 : 1080) : Number(given);
  const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const family = isIP(address);
  if (family !== 0) return { address, port, family: family === 6 ? 'IPv6' : 'IPv4' };
  // A URL of a scheme that browsers do not know has its host as it was written.
  const host = nameOnWire(decoded(hostname));
  if (host === null) throw invalid('has no host');
  return { host, port };
}

function credentialsOf({ username, password: secret }: URL, protocol: Protocol): Credentials | null {
  const [user, password] = [decoded(username), decoded(secret)];
  if (user === '' && password === '') return null;
  if (user === '') throw invalid('has a password and no user');
  const isTooLong = protocol === 'socks5' && (encode(user).length > LONGEST_FIELD || encode(password).length > LONGEST_FIELD);
  if (isTooLong) throw invalid('has a user or a password of more than 255 bytes');
  if (protocol !== 'socks5' && /[\0-\x1f\x7f]/.test(user + password)) throw invalid('has control characters in its user or password');
  if (protocol === 'http' && user.includes(':')) throw invalid('has a colon in its user');
  if (protocol.startsWith('socks4') && password !== '') throw invalid('has a password, which SOCKS4 does not know');
  return { user, password };
}

function resolveOf({ search, searchParams }: URL): Proxy['resolve'] {
  if (search === '') return null;
  const resolve = searchParams.get('resolve');
  if (searchParams.size === 1 && (resolve === 'here' || resolve === 'there')) return resolve;
  throw invalid('has a query other than ?resolve=here and ?resolve=there');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('has percent signs that encode nothing');
  }
}
