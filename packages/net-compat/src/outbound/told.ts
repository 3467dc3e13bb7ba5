import type { AddressPolicy, AddressPolicyOptions } from '@netstrata/ip-utils/policy';
import type { Transport } from '@netstrata/transport';
import type { Route } from '../shared/routes.js';

/**
 * Where a process may connect to: a policy of addresses, the options for one, or a list of rules in text: those of a policy, each with `!`
 * before it if it denies; `host:db.example.org`, `host:*.example.org` and `host:*` for names that a route resolves at its far end;
 * `path:/run/db.sock` and `path:*` for UNIX sockets and pipes. If there are only rules that deny, all other addresses are allowed.
 */
export type Egress = AddressPolicy | AddressPolicyOptions | readonly string[];

/** A proxy, by its URL. */
export type ProxyURL = string | {
  /** Its text. */
  readonly href: string;
};

/**
 * By which way a process connects: a proxy, several of them in the order in which they are dialled, a transport, or routes as a net has
 * them, which take dials only unless they say `listen: true`.
 */
export type Way = ProxyURL | readonly ProxyURL[] | Transport | readonly Route[];

/** What `register` is told of dials. What is not given, or undefined, stays as it is; null takes it away. */
export interface RegisterOptions {
  /** Where the process may connect to. */
  readonly egress?: Egress | null | undefined;
  /** By which way it connects. */
  readonly route?: Way | null | undefined;
}
