import { invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import { timeOf, timersOf, type Timers } from '@netstrata/transport/layers';
import { limitOf } from '../options/limits.js';
import { protocolsOf } from '../options/protocols.js';
import { asProtocol, PLAIN } from '../wire/token.js';

/** What `wss:` takes on Node, as `tls.connect` does. */
export interface TlsOptions {
  /** Certificates of authorities that are trusted in place of the usual ones. */
  readonly ca?: unknown;
  /** A certificate to show to the server. */
  readonly cert?: unknown;
  /** The key of that certificate. */
  readonly key?: unknown;
  /** Certificate and key in one file. */
  readonly pfx?: unknown;
  /** What opens `key` or `pfx`. */
  readonly passphrase?: string | undefined;
  /** The name that the server's certificate is checked for, and that is sent to it. */
  readonly servername?: string | undefined;
  /**
   * Whether a server is refused whose certificate does not lead to a trusted authority.
   * @defaultValue true
   */
  readonly rejectUnauthorized?: boolean | undefined;
  /** Checks the name in a certificate, in place of the usual check. */
  readonly checkServerIdentity?: unknown;
  /** `TLSv1.2` and the like. */
  readonly minVersion?: string | undefined;
  /** `TLSv1.3` and the like. */
  readonly maxVersion?: string | undefined;
}

const TLS = Object.keys({
  ca: true, cert: true, key: true, pfx: true, passphrase: true, servername: true, rejectUnauthorized: true, checkServerIdentity: true,
  minVersion: true, maxVersion: true,
} satisfies Record<keyof TlsOptions, true>) as readonly (keyof TlsOptions)[];

/** How a WebSocket is opened. */
export interface WebSocketOptions {
  /** Subprotocols that are offered; the server has to choose one of them. */
  readonly protocols?: readonly string[] | undefined;
  /** Who dials: sent as `Authorization: Bearer`, or in a subprotocol where headers cannot be sent. Never in the URL, and shown nowhere. */
  readonly token?: string | undefined;
  /** Headers of the request, where the runtime's WebSocket takes them: not in browsers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until the connection stands; 30,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds for the other side to answer the end of a connection; then it is cut. 30,000. Over `ws`. */
  readonly closeTimeout?: number | undefined;
  /** The longest message that is taken, in bytes; 1 MiB. Over `ws`. */
  readonly maxMessage?: number | undefined;
  /** Where reading cannot be stopped: bytes that are kept while nobody reads. More end the connection with ENOBUFS. 16 MiB. */
  readonly maxUnread?: number | undefined;
  /** For `wss:`, over `ws`. */
  readonly tls?: TlsOptions | undefined;
  /** The class to use: on Node that of `ws` when not given, elsewhere the runtime's own. */
  readonly WebSocket?: WebSocketClass | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: Timers | undefined;
}

/** The global `WebSocket` of a runtime, or that of `ws`. */
export type WebSocketClass = new (url: string, protocols?: string[]) => object;

const NAMES = Object.keys({
  protocols: true, token: true, headers: true, timeout: true, closeTimeout: true, maxMessage: true, maxUnread: true, tls: true,
  WebSocket: true, clock: true,
} satisfies Record<keyof WebSocketOptions, true>) as readonly (keyof WebSocketOptions)[];

const TIMEOUT = 30_000;
const MESSAGE = 1_048_576;
const UNREAD = 16_777_216;

export interface DialSettings {
  readonly Class: WebSocketClass;
  readonly protocols: string[];
  readonly headers: Record<string, string> | null;
  readonly tls: Partial<TlsOptions>;
  readonly timeout: number;
  readonly closeTimeout: number;
  readonly maxMessage: number;
  readonly maxUnread: number;
  readonly timers: Timers;
}

/** Whether a class is that of `ws`, or does the same. */
export function isOfWs(Class: WebSocketClass): boolean {
  const { terminate, pause, on } = Class.prototype as Record<string, unknown>;
  return typeof terminate === 'function' && typeof pause === 'function' && typeof on === 'function';
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE. */
export function dialSettingsOf(given: WebSocketOptions | undefined, otherwise: WebSocketClass | undefined): DialSettings {
  const options = optionsOf(given, NAMES);
  const { WebSocket: Class = otherwise, token } = options;
  if (typeof Class !== 'function') throw invalidArgType('options.WebSocket', 'a class, as this runtime has none', Class);
  if (token !== undefined && (typeof token !== 'string' || token === '')) {
    throw invalidArgType('options.token', 'a non-empty string', '...');
  }
  const headers = headersOf(options.headers);
  const protocols = [...protocolsOf(options.protocols)];
  const bySubprotocol = token !== undefined && !(isOfWs(Class) && isHeaderText(token));
  if (bySubprotocol) protocols.push(...(protocols.length === 0 ? [PLAIN] : []), asProtocol(token));
  else if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return {
    Class,
    protocols,
    headers: Object.keys(headers).length > 0 ? headers : null,
    tls: optionsOf(options.tls, TLS),
    timeout: timeOf('options.timeout', options.timeout, TIMEOUT),
    closeTimeout: timeOf('options.closeTimeout', options.closeTimeout, TIMEOUT),
    maxMessage: limitOf('options.maxMessage', options.maxMessage, MESSAGE),
    maxUnread: limitOf('options.maxUnread', options.maxUnread, UNREAD),
    timers: timersOf(options.clock),
  };
}

/** A token of Bearer (RFC 6750 section 2.1). */
const isHeaderText = (token: string): boolean => /^[A-Za-z0-9\-._~+/]+=*$/.test(token);

function headersOf(given: unknown): Record<string, string> {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null) throw invalidArgType('options.headers', 'of type object', '...');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const isFine = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === 'string' && !/[\0-\x08\x0a-\x1f\x7f]/.test(value);
    if (!isFine) throw invalidArgValue('options.headers', '...', `has a header ${JSON.stringify(name.slice(0, 40))} that cannot be sent`);
    headers[name.toLowerCase()] = value;
  }
  return headers;
}
