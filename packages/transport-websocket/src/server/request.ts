import { carriesToken, tokenIn } from '../wire/token.js';
import type { Headers, UpgradeRequest } from './http.js';

/** What carries secrets, and is told to nobody. */
const SECRET = new Set(['authorization', 'cookie', 'proxy-authorization', 'sec-websocket-key', 'sec-websocket-protocol']);

export const pathOf = ({ url = '/' }: UpgradeRequest): string => url.split('?', 1)[0];

/** One header; what was sent several times is none. */
function header(request: UpgradeRequest, name: string): string | null {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  return typeof value === 'string' ? value : null;
}

export const originOf = (request: UpgradeRequest): string | null => header(request, 'origin');

/** Whether a page may connect. Without an origin it is no page: whoever lies about it can do so as easily without a browser. */
export function mayConnect(request: UpgradeRequest, origins: ReadonlySet<string> | null): boolean {
  if (!Object.hasOwn(request.headers, 'origin')) return true;
  const origin = originOf(request);
  if (origin === null) return false;
  return origins === null ? isSameHost(origin, header(request, 'host')) : origins.has('*') || origins.has(origin);
}

/** Whether it is TLS does not show behind a proxy. */
function isSameHost(origin: string, host: string | null): boolean {
  const from = /^(https?):\/\/([^/?#@]+)$/.exec(origin);
  if (from === null || host === null) return false;
  const there = `${from[1]}://${host.toLowerCase()}`;
  return URL.canParse(there) && URL.canParse(origin) && new URL(there).host === new URL(origin).host;
}

/** How often a header was sent: of some Node keeps only the first. */
const timesSent = ({ rawHeaders = [] }: UpgradeRequest, name: string): number =>
  rawHeaders.filter((each, i) => i % 2 === 0 && each.toLowerCase() === name).length;

/** The token of a request: of its header, or of a subprotocol. A header of another scheme is for somebody else, like a proxy. */
export function tokenOf(request: UpgradeRequest): string | null {
  const authorization = header(request, 'authorization') ?? '';
  if (timesSent(request, 'authorization') > 1) return null;
  if (/^bearer\b/i.test(authorization)) return /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(authorization)?.[1] ?? null;
  const carrier = protocolsIn(request).find(carriesToken);
  return carrier === undefined ? null : tokenIn(carrier) || null;
}

const protocolsIn = (request: UpgradeRequest): string[] =>
  (header(request, 'sec-websocket-protocol') ?? '').split(',').map((protocol) => protocol.trim());

/** The subprotocol that is answered with, which is never a token; '' for none. Null where one is needed and none will do. */
export function protocolOf(request: UpgradeRequest, spoken: readonly string[] | null): string | null {
  const offered = protocolsIn(request).filter((protocol) => protocol !== '' && !carriesToken(protocol));
  if (spoken === null) return offered[0] ?? '';
  return offered.find((protocol) => spoken.includes(protocol)) ?? (offered.length === 0 ? '' : null);
}

/** A body would be taken for frames, or be hidden from who looks at frames. */
export const hasBody = (request: UpgradeRequest): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(header(request, 'content-length') ?? 0) !== 0;

export function openHeaders(headers: Headers): Headers {
  return Object.freeze(Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET.has(name))));
}
