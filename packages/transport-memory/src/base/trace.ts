import { isPathEndpoint, type Endpoint } from '@netstrata/transport';
import type { EventKind, NetworkEvent, Observer } from './network-event.js';
import type { Time } from './time.js';

/** What an event says about a connection. */
export interface TracedConnection {
  readonly id: number;
  readonly localEnd: Endpoint | null;
  readonly remoteEnd: Endpoint | null;
}

/** Reports what happens in a network to its observer, where it has one. Owns the form of an event, and its time. */
export class Trace {
  readonly #time: Time;
  readonly #observer: Observer | null;

  constructor(time: Time, observer: Observer | null) {
    this.#time = time;
    this.#observer = observer;
  }

  /** Whether there is an observer: only then copies of bytes are worth making. */
  get isObserved(): boolean { return this.#observer !== null; }

  connection(kind: EventKind, host: string, connection: TracedConnection, bytes: number, data: Uint8Array | null, note: string): void {
    if (this.#observer === null) return;
    const local = endText(connection.localEnd);
    const remote = endText(connection.remoteEnd);
    this.#report({ kind, host, connection: connection.id, local, remote, bytes, data, note });
  }

  listener(kind: EventKind, host: string, where: Endpoint): void {
    this.#report({ kind, host, connection: 0, local: endText(where), remote: '', bytes: 0, data: null, note: '' });
  }

  host(kind: EventKind, host: string, note: string, about = ''): void {
    this.#report({ kind, host, connection: 0, local: about, remote: '', bytes: 0, data: null, note });
  }

  #report(event: Omit<NetworkEvent, 'at'>): void {
    this.#observer?.({ at: this.#time.now, ...event });
  }
}

function endText(end: Endpoint | null): string {
  if (end === null) return '';
  if (isPathEndpoint(end)) return end.path;
  return end.family === 'IPv6' ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`;
}
