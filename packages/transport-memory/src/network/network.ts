import { placeOf, type Place } from '../base/place.js';
import { checkHost, checkName, checkNumber, conditionsOf } from '../base/check.js';
import type { EventKind, NetworkEvent, Observer } from '../base/network-event.js';
import { Host } from './host.js';
import type { KernelEnd } from '../kernel/kernel-end.js';
import { limitsOf, LINUX, type Limits } from '../base/limits.js';
import type { MemoryListener } from '../kernel/listener.js';
import { canonical, Names } from './names.js';
import { Path, type LinkConditions } from '../link/path.js';
import { Random } from '../base/random.js';
import type { Enter } from '../program/reporter.js';
import { systemTime, type Time } from '../base/time.js';
import { codedError, optionsOf } from '@netstrata/stream-core';
import { isPathEndpoint } from '@netstrata/transport';

export interface NetworkOptions {
  /** The time of the runtime when not given. */
  readonly time?: Time | undefined;
  /** Decides what is left to chance; 0 when not given. */
  readonly seed?: number | string | undefined;
  /** What links are like that nothing else is said of; ideal when not given. A host is always ideally linked to itself. */
  readonly link?: LinkConditions | undefined;
  /** Of hosts that nothing else is said of; Linux's. */
  readonly limits?: Partial<Limits> | undefined;
  /** Milliseconds that a name server takes; 0. */
  readonly lookupDelay?: number | undefined;
  /** Is told of everything that happens. */
  readonly observer?: Observer | null | undefined;
  /** Keeps the asynchronous context of whoever makes a connection on a host, so that what is told of it runs there: `AsyncLocalStorage.snapshot` on Node. */
  readonly capture?: ((host: Host) => Enter) | undefined;
}

/** Hosts, names, and the links between them. */
export class Network {
  readonly time: Time;
  readonly random: Random;
  readonly names = new Names();
  readonly lookupDelay: number;
  /** @internal */
  readonly observer: Observer | null;
  /** @internal */
  readonly capture: ((host: Host) => Enter) | undefined;
  readonly #hosts = new Map<string, Host>();
  readonly #owners = new Map<string, Host>();
  readonly #paths = new Map<Host, Map<Host, Path>>();
  /** @internal Nothing befalls what never leaves a host. */
  readonly pathOfPaths: Path;
  readonly #link: LinkConditions;
  readonly #limits: Limits;
  #connections = 0;
  /** How often a program was told something: between two of them its ticks and promises must have run. */
  turns = 0;

  constructor(given?: NetworkOptions) {
    const options = optionsOf(given, ['time', 'seed', 'link', 'limits', 'lookupDelay', 'observer', 'capture']);
    this.time = options.time ?? systemTime;
    this.random = new Random(options.seed ?? 0);
    this.pathOfPaths = new Path({}, this.random);
    this.lookupDelay = options.lookupDelay ?? 0;
    checkNumber(this.lookupDelay, 'lookupDelay', 'at least 0', (value) => value >= 0);
    this.observer = options.observer ?? null;
    this.capture = options.capture;
    this.#link = conditionsOf(options.link ?? {});
    this.#limits = limitsOf(LINUX, options.limits);
  }

  get hosts(): readonly Host[] {
    return [...this.#hosts.values()];
  }

  /**
   * A new host, whose name stands for its addresses; without any it gets one of 10.0.0.0/8. Throws ERR_INVALID_IP_ADDRESS, and ERR_HOST_EXISTS for a
   * name or an address that is taken.
   */
  host(name: string, addresses: string | readonly string[] = [], limits?: Partial<Limits>): Host {
    const given = typeof addresses === 'string' ? [addresses] : addresses;
    checkName(name);
    if (this.hosts.some((other) => canonical(other.name) === canonical(name))) throw codedError(Error, 'ERR_HOST_EXISTS', `There is a host of the name ${name} already`);
    const host = new Host(this, name, given.length > 0 ? given : [this.#freeAddress()], limitsOf(this.#limits, limits));
    const taken = host.places.find(({ key }) => this.#owners.has(key));
    if (taken !== undefined) throw codedError(Error, 'ERR_HOST_EXISTS', `The address ${taken.key} belongs to ${this.#owners.get(taken.key)!.name}`);
    this.#hosts.set(name, host);
    for (const { key } of host.places) this.#owners.set(key, host);
    this.names.set(name, host.addresses);
    return host;
  }

  /** The host of a name. Throws ERR_NO_SUCH_HOST. */
  get(name: string): Host {
    const host = this.#hosts.get(name);
    if (host === undefined) throw codedError(Error, 'ERR_NO_SUCH_HOST', `There is no host of the name ${name}`);
    return host;
  }

  /** What the link between two hosts is like from now on, both ways. */
  link(one: Host, other: Host, conditions: LinkConditions): void {
    for (const host of [one, other]) checkHost(host, this.hosts);
    this.path(one, other).conditions = conditions;
    this.path(other, one).conditions = conditions;
  }

  /** One way from a host to another. */
  path(from: Host, to: Host): Path {
    const known = this.#paths.get(from) ?? new Map<Host, Path>();
    this.#paths.set(from, known);
    let path = known.get(to);
    if (path === undefined) {
      path = new Path(from === to ? {} : this.#link, this.random.fork(`path ${from.name} > ${to.name}`));
      known.set(to, path);
    }
    return path;
  }

  /** Nothing gets from one host to another, nor back unless it is `oneWay`. Call what it returns to heal that: once is enough. */
  partition(one: Host, other: Host, how?: { readonly oneWay?: boolean | undefined }): () => void {
    const { oneWay = false } = optionsOf(how, ['oneWay']);
    for (const host of [one, other]) checkHost(host, this.hosts);
    if (one === other) return () => {};
    let isOn = false;
    const block = (on: boolean): void => {
      if (on === isOn) return;
      isOn = on;
      this.block(one, other, on);
      if (!oneWay) this.block(other, one, on);
    };
    block(true);
    return () => { block(false); };
  }

  /** Everything that there is on all hosts is gone: at the end of a test nothing is left that a process would wait for. */
  close(): void {
    for (const host of this.#hosts.values()) host.crash();
  }

  /** Lets nothing through from one host to another any more, or lets it: as often as it was stopped. */
  block(from: Host, to: Host, on: boolean): void {
    for (const host of [from, to]) checkHost(host, this.hosts);
    this.path(from, to).block(on);
    this.pathsChanged();
  }

  /** @internal Who has an address, as one host sees it. */
  owner(place: Place, from: Host): Host | null {
    return place.isLoopback || place.isAny ? from : (this.#owners.get(place.key) ?? null);
  }

  /** @internal Connections that watch over their peers look again. */
  pathsChanged(): void {
    for (const { stack } of this.#hosts.values()) for (const connection of stack.connections) connection.checkPeer();
  }

  /** @internal */
  nextConnection(): number {
    return ++this.#connections;
  }

  // ---- telling ------------------------------------------------------------------------------------------------------

  /** @internal */
  tell(kind: EventKind, host: Host, connection: KernelEnd, bytes: number, data: Uint8Array | null, note: string): void {
    this.#tell({ kind, host: host.name, connection: connection.id, local: placeText(connection.localEnd), remote: placeText(connection.remoteEnd), bytes, data, note });
  }

  /** @internal */
  tellListener(kind: EventKind, host: Host, { where, stack }: MemoryListener): void {
    // A program that has crashed may still call something.
    if (stack.isDead) return;
    this.#tell({ kind, host: host.name, connection: 0, local: placeText(where), remote: '', bytes: 0, data: null, note: '' });
  }

  /** @internal */
  tellHost(kind: EventKind, host: string, note: string, about = ''): void {
    this.#tell({ kind, host, connection: 0, local: about, remote: '', bytes: 0, data: null, note });
  }

  #tell(event: Omit<NetworkEvent, 'at'>): void {
    this.observer?.({ at: this.time.now, ...event });
  }

  #freeAddress(): string {
    for (let i = 1; ; i++) {
      const address = `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
      if (!this.#owners.has(placeOf(address).key)) return address;
    }
  }
}

/** A network without hosts. */
export function createNetwork(options?: NetworkOptions): Network {
  return new Network(options);
}

function placeText(end: KernelEnd['localEnd']): string {
  if (end === null) return '';
  if (isPathEndpoint(end)) return end.path;
  return end.family === 'IPv6' ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`;
}
