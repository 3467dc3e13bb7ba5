/** What of an entry decides whether it is one of many alike. */
export interface Mergeable {
  readonly kind: string;
  readonly host: string;
  readonly connection: number;
  readonly local: string;
  readonly remote: string;
  readonly bytes: number;
}

/** Entries that make one line: one, or all of a kind among many single bytes. */
export type Line<T> = readonly [first: T, ...others: T[]];

/** How many single bytes in a row are many. */
const MANY = 4;

/**
 * Entries as they are shown. Where a connection carries many single bytes in one direction, and nothing else happens in between, those that
 * are sent, get to the other kernel and are read there are one line each.
 */
export function mergedLines<T extends Mergeable>(entries: readonly T[]): Line<T>[] {
  const lines: Line<T>[] = [];
  let run: T[] = [];
  const flush = (): void => {
    const isLong = run.length >= MANY;
    const kinds = isLong ? new Set(run.map(({ kind }) => kind)) : null;
    if (kinds === null) for (const entry of run) lines.push([entry]);
    else for (const kind of kinds) lines.push(run.filter((entry) => entry.kind === kind) as unknown as Line<T>);
    run = [];
  };
  for (const entry of entries) {
    if (run.length > 0 && !isNext(run[0], entry)) flush();
    if (isByte(entry)) run.push(entry);
    else lines.push([entry]);
  }
  flush();
  return lines;
}

function isByte({ kind, bytes }: Mergeable): boolean {
  return bytes === 1 && (kind === 'send' || kind === 'arrive' || kind === 'read');
}

/** Whether it is another byte of the same connection in the same direction. */
function isNext(first: Mergeable, entry: Mergeable): boolean {
  if (!isByte(entry) || entry.connection !== first.connection) return false;
  const isSameSide = (entry.kind === 'send') === (first.kind === 'send');
  // A host may be connected to itself: then its two ends differ.
  return isSameSide ? entry.host === first.host && entry.local === first.local : entry.host !== first.host || entry.local !== first.local;
}
