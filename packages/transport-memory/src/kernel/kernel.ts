import type { Place } from '../base/place.js';
import type { MemoryConnection } from './connection.js';
import type { Host } from '../network/host.js';
import type { MemoryListener } from './listener.js';
import { covers, Ports } from './ports.js';
import type { Reporter } from '../program/reporter.js';

/** What a host's kernel knows of sockets, from one start of the host to its crash. */
export class Stack {
  readonly host: Host;
  /** The host has crashed: nothing of this is there any more, and nobody was told. */
  isDead = false;
  readonly ports = new Ports();
  readonly connections = new Set<MemoryConnection>();
  readonly listeners = new Set<MemoryListener>();
  readonly paths = new Map<string, MemoryListener>();
  /** What forgets the timers of its program. */
  readonly timers = new Map<object, () => void>();
  /** How many files are open. */
  openFiles = 0;

  constructor(host: Host) {
    this.host = host;
  }

  /** Whether the program can be told something; if it only stands still, it will be. */
  isRunning(reporter: Reporter): boolean {
    if (this.isDead) return false;
    return !this.host.heldUp(reporter);
  }

  /** Whether another file can be opened; it is then. */
  openFile(): boolean {
    if (this.openFiles >= this.host.limits.openFiles) return false;
    this.openFiles++;
    return true;
  }

  /** Who listens there: on the address itself, or on every address. */
  listenerAt(place: Place, port: number): MemoryListener | null {
    const all = [...this.listeners].filter((one) => one.binding?.port === port && one.isListening && covers(one.binding, { place }));
    const exact = all.filter((one) => one.binding?.place.isAny === false);
    const fitting = exact.length > 0 ? exact : all;
    return fitting.length < 2 ? (fitting[0] ?? null) : this.host.random.pick(fitting);
  }
}
