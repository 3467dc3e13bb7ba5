import { isFault } from './faults.js';
import { shortened, type HostSeen, type Level, type Report } from './protocol.js';

type Said = Readonly<Record<string, unknown>>;

const LEVELS: readonly unknown[] = ['log', 'warn', 'error'] satisfies Level[];

const said = (value: unknown): Said => Object(value) as Said;
const text = (value: unknown): string => (typeof value === 'string' ? shortened(value) : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
/** More hosts or rules than these do not fit into the page. */
const list = <T>(value: unknown, one: (value: unknown) => T, most = 100): T[] => (Array.isArray(value) ? value.slice(0, most).map(one) : []);
const faults = (value: unknown) => (Array.isArray(value) ? value.filter(isFault) : []);

function host(value: unknown): HostSeen {
  const { name, addresses, boots } = said(value);
  return { name: text(name), addresses: list(addresses, text), boots: boots === true };
}

function entry(value: unknown) {
  const { number: place, at, host: where, kind, text: words, connection, local, remote, bytes, digest } = said(value);
  return {
    number: number(place), at: number(at), host: text(where), kind: text(kind) as never, text: text(words),
    connection: number(connection), local: text(local), remote: text(remote), bytes: number(bytes), digest: text(digest),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** A program can get at the port of its worker, and send anything: what comes out of it is what a worker may say, or null. */
export function heard(json: string): Report | null {
  const report = said(parsed(json));
  switch (report.type) {
    case 'print': return { type: 'print', level: LEVELS.includes(report.level) ? report.level as Level : 'log', text: text(report.text) };
    case 'events': return { type: 'events', hosts: list(report.hosts, host), entries: list(report.entries, entry, Infinity) };
    case 'ran': return { type: 'ran', digest: text(report.digest), now: number(report.now), entries: number(report.entries), hits: number(report.hits), faults: faults(report.faults) };
    case 'progress': return { type: 'progress', runs: number(report.runs) };
    case 'explored': return { type: 'explored', runs: number(report.runs), faults: number(report.faults), hit: number(report.hit) };
    case 'found': return { type: 'found', seed: number(report.seed), faults: faults(report.faults), runs: number(report.runs) };
    case 'rules': return { type: 'rules', titles: list(report.titles, text) };
    case 'rule': return { type: 'rule', index: number(report.index), error: report.error === null ? null : text(report.error), milliseconds: number(report.milliseconds) };
    case 'value': return { type: 'value', text: text(report.text) };
    case 'failed': return { type: 'failed', message: text(report.message), line: numberOrNull(report.line) };
    case 'over': return { type: 'over', text: text(report.text) };
    default: return null;
  }
}
