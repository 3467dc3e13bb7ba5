import type { Fault, TimelineEntry } from '@netstrata/simulation';
import { MOST_EVENTS, type HostSeen, type Level, type Report } from './protocol.js';

export interface Rule {
  readonly title: string;
  state: 'waiting' | 'passed' | 'failed';
  error: string;
}

/** What has come of a run so far. */
export interface Results {
  readonly prints: { readonly level: Level; readonly text: string }[];
  failure: { readonly message: string; readonly line: number | null } | null;
  hosts: readonly HostSeen[];
  entries: readonly TimelineEntry[];
  ran: { readonly digest: string; readonly now: number; readonly entries: number; readonly faults: readonly Fault[]; readonly hits: number } | null;
  rules: Rule[];
  /** What an exploration says. */
  explored: string;
  found: { readonly seed: number; readonly faults: readonly Fault[] } | null;
}

/** A program may print without end. */
const MOST_PRINTS = 1000;

export function noResults(): Results {
  return { prints: [], failure: null, hosts: [], entries: [], ran: null, rules: [], explored: '', found: null };
}

/** Adds what a worker says. */
export function take(results: Results, report: Report): void {
  switch (report.type) {
    case 'print':
      results.prints.push({ level: report.level, text: report.text });
      // Not at each of them: all that are left are moved.
      if (results.prints.length > 2 * MOST_PRINTS) results.prints.splice(0, results.prints.length - MOST_PRINTS);
      return;
    case 'failed':
      results.failure ??= { message: report.message, line: report.line };
      return;
    case 'events':
      results.hosts = report.hosts;
      // Frozen, as what is found: a framework that watches the results takes it as it is, and looks into none of thousands of events.
      results.entries = Object.freeze([...results.entries, ...report.entries].slice(0, MOST_EVENTS));
      return;
    case 'ran':
      results.ran = report;
      return;
    case 'progress':
      results.explored = `${report.runs} worlds so far, and none has failed`;
      return;
    case 'explored':
      results.explored = `${report.runs} worlds, and none has failed. ${report.faults} faults changed something, in ${report.hit} of them.`;
      return;
    case 'found':
      results.explored = `World ${report.runs} failed. This is the smallest that still does: seed ${report.seed}, ${report.faults.length === 1 ? 'one fault' : `${report.faults.length} faults`}.`;
      results.found = Object.freeze({ seed: report.seed, faults: report.faults });
      return;
    case 'rules':
      results.rules = report.titles.map((title) => ({ title, state: 'waiting', error: '' }));
      return;
    case 'rule': {
      const rule = results.rules.at(report.index);
      if (rule !== undefined) Object.assign(rule, { state: report.error === null ? 'passed' : 'failed', error: report.error ?? '' });
      return;
    }
    default:
  }
}
