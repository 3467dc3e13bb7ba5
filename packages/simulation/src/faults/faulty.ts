import type { Host, NameRecord, Path } from '@netstrata/transport-memory';
import type { Fault, NamedFault } from './fault.js';

/** What faults do to a host. */
export interface FaultyHost {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Null where it cannot be started again. */
  readonly boot: unknown;
  readonly isUp: boolean;
  readonly host: Pick<Host, 'limits' | 'openFiles' | 'encounters'>;
  crash(): void;
  restart(): void;
  pause(): void;
  resume(): void;
  refuse(on: boolean): void;
  ignore(on: boolean): void;
}

/** What faults do to a world. */
export interface FaultyWorld {
  readonly now: number;
  readonly hosts: readonly FaultyHost[];
  get(name: string): FaultyHost;
  after(milliseconds: number, task: () => void): unknown;
  /** One direction of the link between two hosts. */
  path(from: string, to: string): Path;
  partition(one: string, other: string, how: { readonly oneWay?: boolean | undefined }): () => void;
  /** How often looking up a name has failed. */
  failedLookups(name: string): number;
  name(name: string, record: NameRecord): void;
  /** A fault happens: from now on it is `named`, the same with the names of its hosts. `hasHit` says whether it has changed anything. */
  befell(fault: Fault, named: NamedFault, hasHit: () => boolean): void;
  /** Puts words into the timeline. */
  record(kind: 'fault', host: string, note: string): void;
}
