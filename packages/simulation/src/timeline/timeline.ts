import { copyOf } from '@netstrata/stream-core';
import type { EventKind, NetworkEvent } from '@netstrata/transport-memory';
import { mergedLines, type Line } from './merged.js';

/** What a network reports, a fault, or words of `world.log`. */
export type EntryKind = EventKind | 'fault' | 'log';

/** What happened, and when. */
export interface TimelineEntry {
  /** From 1. */
  readonly number: number;
  /** Milliseconds of virtual time. */
  readonly at: number;
  /** The name of the host that it happened on. */
  readonly host: string;
  /** What happened. */
  readonly kind: EntryKind;
  /** The same in words, with the connection, its ends and the first bytes where there are some. */
  readonly text: string;
  /** The number of the connection, from 1, which is the same at both ends; 0 where it is about none. */
  readonly connection: number;
  /** Its ends as `host:port`, or a path: where this happens, and the other one. */
  readonly local: string;
  /** The other end, in the same form. */
  readonly remote: string;
  /** How many bytes it is about; 0 where it is about none. */
  readonly bytes: number;
  /** Of this and everything before it. */
  readonly digest: string;
}

interface Recorded extends Omit<NetworkEvent, 'kind' | 'data'> {
  readonly kind: EntryKind;
  readonly number: number;
  readonly preview: Uint8Array | null;
  readonly low: number;
  readonly high: number;
}

/** Bytes of a chunk that are shown. */
const PREVIEW = 24;

/** What happened in a run, and when. Owns the latest entries, and a digest of all. */
export class Timeline {
  readonly #limit: number;
  readonly #nameOf: (place: string) => string;
  #entries: Recorded[] = [];
  #dropped = 0;
  #low = 0x811c9dc5;
  #high = 0x9e3779b9;

  constructor(limit: number, nameOf: (place: string) => string) {
    this.#limit = limit;
    this.#nameOf = nameOf;
  }

  /** How many of the first ones are not kept. */
  get dropped(): number { return this.#dropped; }

  /** How many there have been, kept or not. */
  get count(): number { return this.#dropped + this.#entries.length; }

  /** Two runs are the same run when this is the same. */
  get digest(): string { return hex(this.#high) + hex(this.#low); }

  /** Those that are kept, in their order. */
  get entries(): TimelineEntry[] { return this.#entries.map((entry) => this.#entryOf(entry)); }

  /** One of those that are kept. */
  at(number: number): TimelineEntry | undefined {
    const entry = this.#entries.at(number - 1 - this.#dropped);
    return entry === undefined || number <= this.#dropped ? undefined : this.#entryOf(entry);
  }

  /** @internal */
  add(event: Omit<NetworkEvent, 'kind'> & { readonly kind: EntryKind }): void {
    const { at, kind, host, connection, local, remote, bytes, data, note } = event;
    this.#number(Math.round(at * 1000));
    this.#number(connection);
    this.#number(bytes);
    for (const text of [kind, host, local, remote, note]) this.#text(text);
    if (data !== null) for (let i = 0; i < data.length; i++) this.#number(data[i]);
    // Not `slice`, which for a Buffer is a view: all of it would be kept for a few bytes.
    const preview = data === null || kind !== 'send' ? null : copyOf(data.subarray(0, PREVIEW));
    const number = this.count + 1;
    this.#entries.push({ at, kind, host, connection, local, remote, bytes, note, preview, number, low: this.#low, high: this.#high });
    if (this.#entries.length < 2 * this.#limit || this.#entries.length === 0) return;
    this.#dropped += this.#entries.length - this.#limit;
    this.#entries = this.#entries.slice(this.#entries.length - this.#limit);
  }

  /** A line for each entry, and one for many single bytes in a row; or the last ones of these lines. */
  toString(last?: number): string {
    return this.lines(last).join('\n');
  }

  /** The same, line by line. */
  lines(last = Number.POSITIVE_INFINITY): string[] {
    const merged = mergedLines(this.#entries);
    const shown = merged.slice(Math.max(0, merged.length - last));
    const width = shown.reduce((most, [{ host }]) => Math.max(most, host.length), 0);
    return shown.map((line) => this.#line(line, width));
  }

  #line(line: Line<Recorded>, width: number): string {
    const { number, at, host } = line[0];
    return `${String(number).padStart(5)} ${at.toFixed(3).padStart(12)} ms  ${host.padEnd(width)}  ${this.#words(line)}`;
  }

  #entryOf(entry: Recorded): TimelineEntry {
    const { number, at, host, kind, connection, bytes, low, high } = entry;
    const [local, remote] = [this.#nameOf(entry.local), this.#nameOf(entry.remote)];
    return { number, at, host, kind, text: this.#words([entry]), connection, local, remote, bytes, digest: hex(high) + hex(low) };
  }

  #words(line: Line<Recorded>): string {
    const { kind, connection, local, remote, bytes, note, preview } = line[0];
    const verb = WORDS[kind] ?? kind;
    if (connection === 0) return sentence([verb, printable(this.#nameOf(local)), printable(note)]);
    const ends = `#${connection} ${printable(this.#nameOf(local))} > ${printable(this.#nameOf(remote)) || '?'}`;
    if (line.length > 1) return sentence([ends, verb, `${line.length} times 1 B`, previewOf(line), untilOf(line.at(-1)!)]);
    return sentence([ends, verb, bytes > 0 ? `${bytes} B` : '', preview === null ? '' : shown(preview, bytes), note]);
  }

  #text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#number(text.charCodeAt(i));
    this.#number(text.length);
  }

  /** FNV-1a, twice with other beginnings. */
  #number(value: number): void {
    this.#low = Math.imul(this.#low ^ value, 0x01000193);
    this.#high = Math.imul(this.#high ^ value ^ (this.#low >>> 15), 0x01000193);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  listen: 'listens on', unlisten: 'listens no more on', connect: 'dials', lost: 'is not heard: lost on the way', refused: 'is refused:',
  dropped: 'is not answered', established: 'is connected', accept: 'is accepted', send: 'sends', arrive: 'gets', read: 'reads',
  fin: 'sends its end', end: 'gets the end', reset: 'gets a reset', fail: 'fails:', close: 'closes', lookup: 'looks up', host: 'is',
  log: 'says:', fault: 'suffers',
};

/** The bytes of several entries, where they were sent. */
function previewOf(line: Line<Recorded>): string {
  const bytes = line.slice(0, PREVIEW).flatMap(({ preview }) => [...(preview ?? [])]);
  return bytes.length === 0 ? '' : shown(Uint8Array.from(bytes), line.length);
}

function untilOf({ number, at }: Recorded): string {
  return `(until ${number} at ${at.toFixed(3)} ms)`;
}

function sentence(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** Without what a terminal may obey. */
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (character) => `\\u00${hex(character.charCodeAt(0)).slice(-2)}`);
}

function shown(preview: Uint8Array, bytes: number): string {
  const text = String.fromCharCode(...preview);
  // JSON leaves these as they are, and a terminal may obey them.
  return `${printable(JSON.stringify(text))}${bytes > preview.length ? '...' : ''}`;
}
