import type { Fault, LinkConditions, TimelineEntry } from '@netstrata/simulation';

/** What a worker is to do. It does one thing, and is ended after that; the one for addresses is asked line by line. */
export type Task =
  | { readonly do: 'program'; readonly code: string }
  | { readonly do: 'world'; readonly code: string; readonly world: WorldOptions }
  | { readonly do: 'explore'; readonly code: string; readonly world: WorldOptions; readonly runs: number }
  | { readonly do: 'compliance'; readonly code: string }
  | { readonly do: 'line'; readonly line: string };

/** What a world is like: all of it is in a link. */
export interface WorldOptions {
  readonly seed: number;
  readonly link: LinkConditions;
  readonly faults: readonly Fault[];
}

export type Level = 'log' | 'warn' | 'error';

export interface HostSeen {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Whether it has a program that starts again after a crash. */
  readonly boots: boolean;
}

/** So many of a world's events are shown: the first. */
export const MOST_EVENTS = 5000;

const LONGEST = 10_000;

/** A text that a page can show. One that was shortened already stays as it is. */
export const shortened = (text: string): string => (text.length <= LONGEST + 100 ? text : `${text.slice(0, LONGEST)}… and ${text.length - LONGEST} characters more`);

/** What a worker says, as JSON. */
export type Report =
  | { readonly type: 'print'; readonly level: Level; readonly text: string }
  | { readonly type: 'events'; readonly hosts: readonly HostSeen[]; readonly entries: readonly TimelineEntry[] }
  | { readonly type: 'ran'; readonly digest: string; readonly now: number; readonly entries: number; readonly hits: number; readonly faults: readonly Fault[] }
  | { readonly type: 'progress'; readonly runs: number }
  | { readonly type: 'explored'; readonly runs: number; readonly faults: number; readonly hit: number }
  | { readonly type: 'found'; readonly seed: number; readonly faults: readonly Fault[]; readonly runs: number }
  | { readonly type: 'rules'; readonly titles: readonly string[] }
  | { readonly type: 'rule'; readonly index: number; readonly error: string | null; readonly milliseconds: number }
  | { readonly type: 'value'; readonly text: string }
  | { readonly type: 'failed'; readonly message: string; readonly line: number | null }
  | { readonly type: 'over'; readonly text: string };
