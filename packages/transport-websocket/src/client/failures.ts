import type { Failure } from '../wire/wire.js';

/** What a status of HTTP means that is no 101. Others are a refusal. */
const STATUSES: Readonly<Record<number, string>> = {
  401: 'EACCES', 403: 'EACCES', 404: 'ENOENT', 407: 'EACCES', 408: 'ETIMEDOUT', 410: 'ENOENT', 429: 'EAGAIN', 502: 'EHOSTUNREACH',
  503: 'EHOSTUNREACH', 504: 'ETIMEDOUT',
};

/** So much of the server's words is shown. */
const WORDS = 100;

export function answered(status: number, words: string | undefined): Failure {
  const text = `HTTP ${status} ${(words ?? '').slice(0, WORDS)}`.trimEnd();
  return { code: STATUSES[status] ?? 'ECONNREFUSED', syscall: 'connect', text, status };
}

interface SystemErrorLike { readonly code?: unknown; readonly message?: unknown; readonly address?: unknown }

/** Codes of the system, and of look-ups. What TLS and HTTP say of a peer that speaks otherwise is EPROTO, with their words. */
const isOfTheSystem = (code: unknown): code is string => typeof code === 'string' && /^E(?!RR_|PROTO$)[A-Z0-9_]+$/.test(code);

/** Why `ws` has not connected. */
export function failed(cause: unknown): Failure {
  const { code, message, address } = (cause ?? {}) as SystemErrorLike;
  const where = typeof address === 'string' ? address : undefined;
  if (isOfTheSystem(code)) return { code, syscall: 'connect', address: where, cause };
  const text = typeof message === 'string' ? message.slice(0, WORDS) : undefined;
  return { code: cause === undefined ? 'ECONNRESET' : 'EPROTO', syscall: 'connect', text, cause };
}
