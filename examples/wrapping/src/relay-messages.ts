import type { Endpoint } from '@netstrata/transport';

/** What a relay is asked, in one line of JSON. */
export interface Question {
  readonly host: string;
  readonly port: number;
}

/** What it answers, likewise: the ends of the connection that it has made, or the code of what went wrong. Bytes follow from there on. */
export type Answer = { readonly local: Endpoint; readonly remote: Endpoint } | { readonly code: string };

/** Longer lines are none of this protocol. */
export const LONGEST = 2048;
