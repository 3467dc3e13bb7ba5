import type { LinkConditions } from '@netstrata/transport-memory';

/** A host by its name, or by the order in which it was made: whole numbers count round and round. */
export type HostRef = string | number;

interface Moment {
  /** Milliseconds of virtual time. */
  readonly at: number;
}

interface Span extends Moment {
  /** Milliseconds until it is over. */
  readonly for: number;
}

interface Between {
  /** One host: the one that sends, where it is about one direction. */
  readonly from: HostRef;
  /** The other host. */
  readonly to: HostRef;
}

interface OnHost extends Span {
  /** Whom it befalls. */
  readonly host: HostRef;
}

/** Something that befalls a world. It is plain data: what a failing run prints can be given to `simulate`. */
export type Fault = PartitionFault | LinkFault | ResetFault | EachOf<HostFaultKind> | SlowReaderFault;

/** One type for each kind, so that `Extract` and a `switch` tell them apart. */
type EachOf<Kind extends HostFaultKind> = Kind extends unknown ? HostFault<Kind> : never;

/** Nothing gets from one host to another, nor back unless it is `oneWay`. */
export interface PartitionFault extends Span, Between {
  /** Tells it from other faults. */
  readonly kind: 'partition';
  /** Whether the way back stays open. */
  readonly oneWay?: boolean | undefined;
}

/** The link between two hosts is another one for a while. */
export interface LinkFault extends Span, Between {
  /** Tells it from other faults. */
  readonly kind: 'link';
  /** What it is like. */
  readonly link: LinkConditions;
}

/** The connection that carries the byte after so many more from one host to another is reset, at both ends. */
export interface ResetFault extends Moment, Between {
  /** Tells it from other faults. */
  readonly kind: 'reset';
  /** How many bytes pass before. */
  readonly after: number;
}

/** Kinds of what happens to one host. */
export type HostFaultKind = 'crash' | 'pause' | 'refuse' | 'ignore' | 'files' | 'ports' | 'name';

/**
 * What happens to one host, by its kind. `crash`: it loses everything, without notice to its peers, and starts again; hosts without `boot`
 * are left alone. `pause`: its program is paused, its kernel goes on. `refuse`: dials to it are refused. `ignore`: dials to it get no
 * answer. `files`: it can open no more files than it has open, so that it can neither dial nor listen (EMFILE), and closes what comes in,
 * without a word. `ports`: it has no ports left to dial from. `name`: name servers do not answer for it.
 */
export interface HostFault<Kind extends HostFaultKind = HostFaultKind> extends OnHost {
  /** What happens. */
  readonly kind: Kind;
}

/** A program reads so many bytes a second from each connection. */
export interface SlowReaderFault extends OnHost {
  /** Tells it from other faults. */
  readonly kind: 'slow reader';
  /** Bytes a second. */
  readonly rate: number;
}

/** What can go wrong. */
export type FaultKind = Fault['kind'];

export const KINDS: readonly FaultKind[] = [
  'partition', 'link', 'reset', 'crash', 'pause', 'refuse', 'ignore', 'slow reader', 'files', 'ports', 'name',
];

/** A fault whose hosts are known by their names. */
export type NamedFault = Named<Fault>;
type Named<T> = T extends { readonly host: HostRef } ? T & { readonly host: string } : T & { readonly from: string; readonly to: string };

/** In words, for the timeline. */
export function describe(fault: NamedFault): string {
  const words: string[] = [fault.kind];
  const isOneWay = fault.kind === 'reset' || ('oneWay' in fault && fault.oneWay);
  if ('from' in fault) words.push(`${fault.from} ${isOneWay ? '>' : '-'} ${fault.to}`);
  if ('link' in fault) words.push(JSON.stringify(fault.link));
  if ('after' in fault) words.push(`after ${fault.after} B`);
  if ('rate' in fault) words.push(`${fault.rate} B/s`);
  if ('for' in fault) words.push(`for ${fault.for} ms`);
  return words.join(' ');
}
