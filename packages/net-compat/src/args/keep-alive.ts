/** How a connection is kept alive. Times in milliseconds, whole seconds as the system takes them, 0 where its own shall hold. */
export interface KeepAlive {
  readonly initialDelay: number;
  readonly interval: number;
  readonly count: number;
}

/** What the user asks for, made whole; null for off. */
export function keepAliveOf(enable: unknown, initialDelay?: unknown, interval?: unknown, count?: unknown): KeepAlive | null {
  if (!enable) return null;
  const probes = typeof count === 'number' ? Math.max(0, count || 0) : 0;
  return { initialDelay: wholeSeconds(initialDelay), interval: wholeSeconds(interval), count: probes };
}

/** Throws where Node does, which divides whatever it is given. */
function wholeSeconds(milliseconds: unknown): number {
  return Math.trunc(Math.max(0, (milliseconds as number) / 1000 || 0)) * 1000;
}

export function sameKeepAlive(one: KeepAlive | null, other: KeepAlive | null): boolean {
  if (one === null || other === null) return one === other;
  return one.initialDelay === other.initialDelay && one.interval === other.interval && one.count === other.count;
}
