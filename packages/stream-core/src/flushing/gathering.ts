/** Something that has gathered bytes for the end of the tick. Its `flush` throws nothing. */
export interface Gathering {
  /** Sends what was gathered. */
  flush(): void;
}

/** What has gathered something, in this process. Who sends it may not load the rest of this package for that: there may be nothing. */
export const holding = new Set<Gathering>();

/** Sends what all streams of the process have gathered: something is about to end or block it in the middle of a tick. */
export function flushAll(): void {
  for (const turn of holding) turn.flush();
}
