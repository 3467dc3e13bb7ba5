import type { ListenOptions, Net } from '@netstrata/net-compat/core';

/** Something that carries bytes, with the net over it. */
export interface Medium {
  readonly title: string;
  /** What stands beside the title. */
  readonly says: string;
  readonly net: Net;
  /** Where a server can listen; a new place with every call. */
  readonly place: () => ListenOptions;
  /** How much to move each way. */
  readonly megabytes: number;
  /** Whether a place that is taken is refused to a second server. */
  readonly exclusive: boolean;
  /** Whether one direction can end while the other goes on. */
  readonly halfCloses: boolean;
  /** Whether `resetAndDestroy` is seen by the peer. */
  readonly resets: boolean;
  /** Why this machine does not have it; null when it does. */
  readonly missing?: () => Promise<string | null>;
}
