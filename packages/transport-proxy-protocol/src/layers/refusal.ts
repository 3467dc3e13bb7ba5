import { invalidArgType } from '@netstrata/stream-core';
import type { Connection, Endpoint } from '@netstrata/transport';

/**
 * Why a connection was refused. `untrusted`: a header is required, and nobody believes the peer. `forged`: a header of somebody who is not
 * believed. `no header`, `invalid`, `too large`, `incomplete`, `timeout`: of what a trusted peer has sent, or has not. `crowded out`: too
 * many others wait for their headers.
 */
export type RefusalReason = 'untrusted' | 'forged' | 'no header' | 'invalid' | 'too large' | 'incomplete' | 'timeout' | 'crowded out';

/** A connection that was refused, for a log. */
export interface Refusal {
  /** Why. */
  readonly reason: RefusalReason;
  /** Who has connected here, and to what. */
  readonly peer: Endpoint | null;
  /** Where this side is, as the connection below says; null where it does not know. */
  readonly near: Endpoint | null;
  /** What was wrong with the header: `ERR_PROXY_HEADER_INVALID`, `ERR_PROXY_HEADER_TOO_LARGE`. */
  readonly error: Error | null;
}

export type OnRefused = (refusal: Refusal) => void;

/** Throws ERR_INVALID_ARG_TYPE. */
export function checkOnRefused(given: unknown): void {
  if (given !== undefined && typeof given !== 'function') throw invalidArgType('options.onRefused', 'of type function', given);
}

/** Tells of it later: what a program does then has nothing to do with the connections. */
export function tellRefusal(onRefused: OnRefused, below: Connection, reason: RefusalReason, error: Error | null): void {
  const refusal = Object.freeze({ reason, peer: below.remote, near: below.local, error });
  queueMicrotask(() => onRefused(refusal));
}
