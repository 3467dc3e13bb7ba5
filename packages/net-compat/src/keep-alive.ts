/** How a connection is kept alive. Times in milliseconds, 0 where the system's own shall hold. */
export interface KeepAlive {
  readonly initialDelay: number;
  readonly interval: number;
  readonly count: number;
}

/** What the user asks for, made whole; null for off. */
export function keepAliveOf(enable: unknown, initialDelay?: unknown, interval?: unknown, count?: unknown): KeepAlive | null {
  return enable ? { initialDelay: positive(initialDelay), interval: positive(interval), count: positive(count) } : null;
}

function positive(value: unknown): number {
  return Math.max(0, Number(value) || 0);
}

export function sameKeepAlive(one: KeepAlive | null, other: KeepAlive | null): boolean {
  if (one === null || other === null) return one === other;
  return one.initialDelay === other.initialDelay && one.interval === other.interval && one.count === other.count;
}
