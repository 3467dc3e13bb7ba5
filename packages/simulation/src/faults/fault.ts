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
  readonly from: HostRef;
  readonly to: HostRef;
}

interface OnHost extends Span {
  readonly host: HostRef;
}

/** Something that befalls a world. It is plain data: what a failing run prints can be given to `simulate`. */
export type Fault =
  /** Nothing gets from one host to the other, nor back unless it is `oneWay`. */
  | (Span & Between & { readonly kind: 'partition'; readonly oneWay?: boolean | undefined })
  /** The link between them is like this. */
  | (Span & Between & { readonly kind: 'link'; readonly link: LinkConditions })
  /** The connection that carries the byte after so many more from one to the other is reset, at both ends. */
  | (Moment & Between & { readonly kind: 'reset'; readonly after: number })
  /** The host loses everything, without notice to its peers, and starts again. Hosts without `boot` are left alone. */
  | (OnHost & { readonly kind: 'crash' })
  /** Its program is paused; its kernel goes on. */
  | (OnHost & { readonly kind: 'pause' })
  /** Dials to it are refused. */
  | (OnHost & { readonly kind: 'refuse' })
  /** Dials to it get no answer. */
  | (OnHost & { readonly kind: 'ignore' })
  /** Its program reads so many bytes a second from each connection. */
  | (OnHost & { readonly kind: 'slow reader'; readonly rate: number })
  /** It can open no more files than it has open: it can neither dial nor listen (EMFILE), and closes what comes in, without a word. */
  | (OnHost & { readonly kind: 'files' })
  /** It has no ports left to dial from. */
  | (OnHost & { readonly kind: 'ports' })
  /** Name servers do not answer for it. */
  | (OnHost & { readonly kind: 'name' });

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
