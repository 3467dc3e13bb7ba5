import { invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import { checkFields, checkFunction, textsOf, timeOf, timersOf, type Timers } from '@netstrata/transport/layers';
import { limitOf } from '../options/limits.js';
import { protocolsOf } from '../options/protocols.js';
import type { UpgradeRequest } from './http.js';
import { sameAs } from './secrets.js';

/**
 * Who has sent this token, null for none: false, null or undefined refuses, and so does what throws or rejects. Anything else admits, and
 * is kept in `facts.webSocket.claims`.
 */
export type Admit = (token: string | null, request: UpgradeRequest) => unknown;

/** Whether there is room for one who is admitted: null, or the status of HTTP and a reason that say no (429, 503; what throws is 503). */
export type Limit = (claims: unknown, request: UpgradeRequest) => NoRoom | null;

/** What a client gets that is admitted when there is no room. */
export interface NoRoom {
  /** Of HTTP, as 429 or 503. */
  readonly status: number;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** Nobody else hears of those that were refused. */
export interface Refusal {
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The address of the peer; null where it is not known. */
  readonly remoteAddress: string | null;
}

/** Which requests become connections, and how much may come. */
export interface AcceptOptions {
  /** The path, exactly; '/' when not given. */
  readonly path?: string | undefined;
  /**
   * Pages that may connect: `'https://example.com'`, or `'*'` for all. When not given: those whose host is the `Host` that was asked for.
   * Who sends no `Origin` is no page, and is not judged by it.
   */
  readonly origins?: readonly string[] | undefined;
  /** A token that a client has to have, several of which one, or a function that judges. When not given, everybody may connect. */
  readonly token?: string | readonly string[] | Admit | undefined;
  /** Asked last, of those who are admitted. */
  readonly limit?: Limit | undefined;
  /** Subprotocols that are spoken: the first that a client offers is chosen, and none of them is an error. All when not given. */
  readonly protocols?: readonly string[] | undefined;
  /** Milliseconds that `token` may take; 10,000. */
  readonly timeout?: number | undefined;
  /** How many clients may wait for that at once; 256. */
  readonly maxPending?: number | undefined;
  /** Milliseconds for a client to answer the end of a connection; then it is cut. 30,000. */
  readonly closeTimeout?: number | undefined;
  /** The longest message that is taken, in bytes; 1 MiB. */
  readonly maxMessage?: number | undefined;
  /** Hears of each that was refused. The request has secrets, the refusal none. */
  readonly onRefused?: ((refusal: Refusal, request: UpgradeRequest) => void) | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: Timers | undefined;
}

const NAMES = Object.keys({
  path: true, origins: true, token: true, limit: true, protocols: true, timeout: true, maxPending: true, closeTimeout: true,
  maxMessage: true, onRefused: true, clock: true,
} satisfies Record<keyof AcceptOptions, true>) as readonly (keyof AcceptOptions)[];

const TIMEOUT = 10_000;
const CLOSE_TIMEOUT = 30_000;
const PENDING = 256;
const MESSAGE = 1_048_576;

export interface AcceptSettings {
  readonly path: string;
  /** Null for that of the host. */
  readonly origins: ReadonlySet<string> | null;
  readonly admit: Admit | null;
  readonly limit: Limit | null;
  readonly protocols: readonly string[] | null;
  readonly timeout: number;
  readonly maxPending: number;
  readonly closeTimeout: number;
  readonly maxMessage: number;
  readonly onRefused: ((refusal: Refusal, request: UpgradeRequest) => void) | null;
  readonly timers: Timers;
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE. */
export function acceptSettingsOf(given: AcceptOptions | undefined): AcceptSettings {
  // A server whose `token` has a typo would let everybody in.
  if (given !== undefined) checkFields('options', given, NAMES);
  const options = optionsOf(given, NAMES);
  const { path = '/', limit, onRefused } = options;
  if (typeof path !== 'string') throw invalidArgType('options.path', 'of type string', path);
  if (!/^\/[^?#\s]*$/.test(path)) throw invalidArgValue('options.path', path, 'must begin with "/", and have no query');
  if (limit !== undefined) checkFunction('options.limit', limit);
  if (onRefused !== undefined) checkFunction('options.onRefused', onRefused);
  return {
    path,
    origins: originsOf(options.origins),
    admit: admitOf(options.token),
    limit: limit ?? null,
    protocols: options.protocols === undefined ? null : protocolsOf(options.protocols),
    timeout: timeOf('options.timeout', options.timeout, TIMEOUT),
    maxPending: limitOf('options.maxPending', options.maxPending, PENDING),
    closeTimeout: timeOf('options.closeTimeout', options.closeTimeout, CLOSE_TIMEOUT),
    maxMessage: limitOf('options.maxMessage', options.maxMessage, MESSAGE),
    onRefused: onRefused ?? null,
    timers: timersOf(options.clock),
  };
}

/** As a browser writes them: no path, no port that is the scheme's. One that never matches would lock everybody out. */
function originsOf(given: unknown): ReadonlySet<string> | null {
  if (given === undefined) return null;
  const origins = textsOf('options.origins', given);
  const wrong = origins.find((origin) => origin !== '*' && origin !== 'null' && !isOrigin(origin));
  if (wrong !== undefined) throw invalidArgValue('options.origins', wrong, 'must be origins, like "https://example.com"');
  return new Set(origins);
}

function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/.test(text)) return false;
  const { origin } = URL.canParse(text) ? new URL(text) : { origin: '' };
  // Of schemes that the URL standard does not know it is 'null' (extensions of browsers).
  return origin === text || origin === 'null';
}

function admitOf(given: AcceptOptions['token']): Admit | null {
  if (given === undefined) return null;
  if (typeof given === 'function') return given;
  const tokens = typeof given === 'string' ? [given] : textsOf('options.token', given);
  if (tokens.length === 0 || tokens.includes('')) throw invalidArgValue('options.token', '...', 'must not be empty');
  return sameAs(tokens);
}
