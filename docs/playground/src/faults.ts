import type { Fault } from '@netstrata/simulation';

/** What a reader may let happen: on a host, or between two. */
export interface Choice {
  readonly title: string;
  make(at: number, hosts: readonly string[]): Fault;
}

/** Milliseconds that a fault lasts, until the reader changes that. */
const FOR = 300;

export const ON_HOST: readonly Choice[] = [
  { title: 'Crash, restart later', make: (at, [host]) => ({ kind: 'crash', at, for: FOR, host }) },
  { title: 'Pause its program', make: (at, [host]) => ({ kind: 'pause', at, for: FOR, host }) },
  { title: 'Refuse connections', make: (at, [host]) => ({ kind: 'refuse', at, for: FOR, host }) },
];

export const ON_LINK: readonly Choice[] = [
  { title: 'Partition', make: (at, [from, to]) => ({ kind: 'partition', at, for: FOR, from, to }) },
  { title: 'Latency of 150 ms', make: (at, [from, to]) => ({ kind: 'link', at, for: FOR, from, to, link: { latency: 150 } }) },
  { title: 'Lose half of the packets', make: (at, [from, to]) => ({ kind: 'link', at, for: FOR, from, to, link: { latency: 20, loss: 0.5 } }) },
  { title: 'Reset the connection', make: (at, [from, to]) => ({ kind: 'reset', at, from, to, after: 0 }) },
];

const isText = (value: unknown): boolean => typeof value === 'string';
const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && Number.isFinite(value);
const isHost = (value: unknown): boolean => isText(value) || isAmount(value);
const isLink = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.values(value).flat().every(isAmount);

/** What a part of a fault has to be. */
const PARTS = new Map<string, (value: unknown) => boolean>([
  ['kind', isText], ['at', isAmount], ['for', isAmount], ['host', isHost], ['from', isHost], ['to', isHost],
  ['oneWay', (value) => typeof value === 'boolean'], ['link', isLink], ['after', isAmount], ['rate', isAmount],
]);

/** Whether the page can show it: it may come with a link. Whether there is such a fault is for the simulation to say. */
export function isFault(value: unknown): value is Fault {
  if (typeof value !== 'object' || value === null || !('kind' in value && 'at' in value)) return false;
  return Object.entries(value).every(([name, part]) => PARTS.get(name)?.(part) === true);
}

/** Where it happens, and how, in words. */
export function describeFault(fault: Fault): string {
  const where = 'host' in fault ? String(fault.host) : `${fault.from} ${fault.kind === 'reset' || ('oneWay' in fault && fault.oneWay === true) ? '→' : '–'} ${fault.to}`;
  const how = 'link' in fault ? Object.entries(fault.link).map(([name, value]) => `${name} ${String(value)}`).join(', ') : 'after' in fault ? `after ${fault.after} B` : 'rate' in fault ? `${fault.rate} B/s` : '';
  return [where, how].filter(Boolean).join(': ');
}
