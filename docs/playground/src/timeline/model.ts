import type { Fault, TimelineEntry } from '@netstrata/simulation';
import type { HostSeen } from '../protocol.js';

/** What went from one host to another. */
export interface Flight {
  readonly kind: 'dial' | 'answer' | 'bytes' | 'end' | 'reset';
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** Null where it has not arrived. */
  readonly arrived: number | null;
  /** It took much longer than others: lost and sent again, or held up. Or it never came. */
  readonly isLate: boolean;
  /** What is written beside it, and what is told of it. */
  readonly label: string;
  readonly text: string;
}

/** Something that happened on a host. */
export interface Mark {
  readonly kind: 'bad' | 'log' | 'down' | 'up';
  readonly at: number;
  readonly host: string;
  readonly label: string;
}

/** What a picture shows. */
export interface Model {
  readonly hosts: readonly string[];
  readonly flights: readonly Flight[];
  readonly marks: readonly Mark[];
  readonly faults: readonly Fault[];
  /** Milliseconds that something usually takes from host to host. */
  readonly usual: number;
  /** When the run was over. */
  readonly end: number;
}

interface Waiting {
  readonly entry: TimelineEntry;
  bytes: number;
}

/** The host of `host:port`. */
const hostOf = (place: string): string => place.replace(/:\d+$/, '');

const LONGEST_LABEL = 18;
const shortened = (text: string): string => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

/** The bytes as they are shown, or how many there are. */
function labelOf({ text, bytes }: TimelineEntry): string {
  const preview = /"(.*)"/.exec(text)?.[1];
  return shortened(preview === undefined || preview === '' ? `${bytes} B` : `“${preview.replaceAll('\\n', '⏎').replaceAll('\\"', '"')}”`);
}

/** Puts departures and arrivals together, entry by entry. */
class Matching {
  readonly flights: Omit<Flight, 'isLate'>[] = [];
  /** By the connection and the end that they leave from. */
  readonly #waiting = new Map<string, Waiting[]>();

  depart(entry: TimelineEntry): void {
    const key = this.#keyOf(entry, entry.local);
    this.#waiting.set(key, [...this.#waiting.get(key) ?? [], { entry, bytes: entry.bytes }]);
  }

  /** Bytes arrive in other pieces than they were sent in: the first of them says when they left. */
  arrive(arrival: TimelineEntry, kind: 'bytes' | 'end'): void {
    const departure = kind === 'bytes' ? 'send' : 'fin';
    const waiting = this.#waiting.get(this.#keyOf(arrival, arrival.remote)) ?? [];
    let { bytes } = arrival;
    while (true) {
      const at = waiting.findIndex(({ entry }) => entry.kind === departure);
      if (at < 0) return;
      const [first] = waiting.slice(at, at + 1);
      if (first.bytes <= bytes) waiting.splice(at, 1);
      const carried = Math.min(first.bytes, bytes);
      first.bytes -= carried;
      bytes -= carried;
      this.#fly(kind, first.entry, arrival);
      if (bytes === 0) return;
    }
  }

  /** A dial goes there and back: an answer says nothing of when it was given. */
  answered(answer: TimelineEntry, isRefused: boolean): void {
    const dial = this.#take(answer, answer.local, 'connect');
    if (dial === null) return;
    const middle = (dial.at + answer.at) / 2;
    const [here, there] = [dial.host, hostOf(dial.remote)];
    this.flights.push(
      { kind: 'dial', from: here, to: there, sent: dial.at, arrived: middle, label: 'dial', text: dial.text },
      { kind: isRefused ? 'reset' : 'answer', from: there, to: here, sent: middle, arrived: answer.at, label: isRefused ? 'refused' : '', text: answer.text },
    );
  }

  reset(arrival: TimelineEntry): void {
    const cause = this.#take(arrival, arrival.remote, 'close');
    if (cause !== null) this.#fly('reset', cause, arrival);
  }

  /** What has left and never arrived. */
  finish(): void {
    for (const { entry } of [...this.#waiting.values()].flat()) {
      const { kind, at, host, remote, text } = entry;
      if (kind === 'close') continue;
      const label = kind === 'send' ? labelOf(entry) : kind === 'fin' ? 'end' : 'dial';
      this.flights.push({ kind: kind === 'send' ? 'bytes' : kind === 'fin' ? 'end' : 'dial', from: host, to: hostOf(remote), sent: at, arrived: null, label, text });
    }
    this.#waiting.clear();
  }

  #fly(kind: Flight['kind'], { at, host, text, ...left }: TimelineEntry, arrival: TimelineEntry): void {
    const label = kind === 'bytes' ? labelOf({ at, host, text, ...left }) : kind;
    this.flights.push({ kind, from: host, to: arrival.host, sent: at, arrived: arrival.at, label, text });
  }

  #take(entry: TimelineEntry, end: string, kind: string): TimelineEntry | null {
    const waiting = this.#waiting.get(this.#keyOf(entry, end)) ?? [];
    const at = waiting.findIndex((one) => one.entry.kind === kind);
    return at < 0 ? null : waiting.splice(at, 1)[0].entry;
  }

  #keyOf({ connection }: TimelineEntry, end: string): string {
    return `${connection} ${end}`;
  }
}

function markOf({ kind, at, host, text }: TimelineEntry): Mark | null {
  if (kind === 'log') return { kind: 'log', at, host, label: text.replace(/^says: /, '') };
  if (kind === 'fail' || kind === 'reset') return { kind: 'bad', at, host, label: /[A-Z_]{4,}$/.exec(text)?.[0] ?? kind };
  if (kind !== 'host' || at === 0) return null;
  const word = text.replace(/^is /, '');
  return { kind: ['crashed', 'paused'].includes(word) ? 'down' : 'up', at, host, label: word };
}

function match(matching: Matching, entry: TimelineEntry): void {
  const { kind } = entry;
  if (['connect', 'send', 'fin', 'close'].includes(kind)) matching.depart(entry);
  else if (kind === 'arrive' || kind === 'end') matching.arrive(entry, kind === 'end' ? 'end' : 'bytes');
  else if (kind === 'established' || kind === 'refused') matching.answered(entry, kind === 'refused');
  else if (kind === 'reset') matching.reset(entry);
}

/** Bytes and an end that go together are one. */
function joined(flights: readonly Flight[]): Flight[] {
  const found: Flight[] = [];
  for (const flight of flights) {
    const isOther = ({ kind, from, sent, arrived }: Flight): boolean => kind === 'bytes' && from === flight.from && sent === flight.sent && arrived === flight.arrived;
    const at = flight.kind === 'end' ? found.findLastIndex(isOther) : -1;
    if (at >= 0) found[at] = { ...found[at], label: `${found[at].label} + end` };
    else found.push(flight);
  }
  return found;
}

/** The median; what many would take where nothing has arrived. */
function usualOf(flights: readonly Omit<Flight, 'isLate'>[]): number {
  const times = flights.map(({ arrived, sent }) => (arrived === null ? 0 : arrived - sent)).filter((time) => time > 0).sort((one, other) => one - other);
  return times[times.length >> 1] ?? 20;
}

/** How many times the usual is late; less than the 200 ms after which TCP sends again. */
const LATE = 3;

export function modelOf(hosts: readonly HostSeen[], entries: readonly TimelineEntry[], faults: readonly Fault[], end: number): Model {
  const matching = new Matching();
  for (const entry of entries) match(matching, entry);
  matching.finish();
  const names = hosts.map(({ name }) => name);
  const between = matching.flights.filter(({ from, to }) => from !== to && names.includes(from) && names.includes(to));
  const usual = usualOf(between);
  const flights = between.map((flight) => ({ ...flight, isLate: (flight.arrived ?? end) - flight.sent > LATE * usual }));
  const marks = entries.map(markOf).filter((mark) => mark !== null);
  return { hosts: names, flights: joined(flights), marks, faults, usual, end };
}
