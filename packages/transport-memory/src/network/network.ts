import { codedError, invalidArgType } from '@netstrata/stream-core';
import { checkName, checkNumber } from '../base/check.js';
import { knownOptions } from '../base/known-options.js';
import { limitsOf, LINUX, type Limits } from '../base/limits.js';
import type { Observer } from '../base/network-event.js';
import { placeOf, type Place } from '../base/place.js';
import { Random } from '../base/random.js';
import { systemTime, type Time } from '../base/time.js';
import { Trace } from '../base/trace.js';
import { conditionsOf, type LinkConditions } from '../link/link-conditions.js';
import { Path } from '../link/path.js';
import type { Enter } from '../program/program.js';
import { Host, type HostNetwork } from './host.js';
import { canonical, Names } from './names.js';

/** What `createNetwork` is told. */
export interface NetworkOptions {
  /** The time of the runtime when not given. */
  readonly time?: Time | undefined;
  /** Decides what is left to chance; 0 when not given. */
  readonly seed?: number | string | undefined;
  /** Conditions of links that are given none; ideal when not given. A host is always ideally linked to itself. */
  readonly link?: LinkConditions | undefined;
  /** Limits of hosts that are given none; Linux's. */
  readonly limits?: Partial<Limits> | undefined;
  /** Milliseconds that a name server takes; 0. */
  readonly lookupDelay?: number | undefined;
  /** Gets a report of everything that happens. */
  readonly observer?: Observer | null | undefined;
  /**
   * Keeps the asynchronous context of the code that makes a connection on a host, so that what is reported of it runs there:
   * `AsyncLocalStorage.snapshot` on Node.
   */
  readonly capture?: ((host: Host) => Enter) | undefined;
}

/** Owns hosts, names, and the links between them. */
export class Network implements HostNetwork {
  /** Where its time comes from. */
  readonly time: Time;
  /** What everything random in it follows from. */
  readonly random: Random;
  /** What names resolve to. */
  readonly names = new Names();
  readonly lookupDelay: number;
  /** @internal */
  readonly trace: Trace;
  /** @internal */
  readonly capture: ((host: Host) => Enter) | undefined;
  readonly #hosts = new Map<string, Host>();
  readonly #owners = new Map<string, Host>();
  readonly #paths = new Map<Host, Map<Host, Path>>();
  /** @internal No link is in the way of what never leaves a host. */
  readonly pathOfPaths: Path;
  readonly #link: LinkConditions;
  readonly #limits: Limits;
  #connections = 0;
  /** How many turns code of a program has had: between two of them its ticks and promises must have run. */
  turns = 0;

  constructor(given?: NetworkOptions) {
    const options = knownOptions(given, ['time', 'seed', 'link', 'limits', 'lookupDelay', 'observer', 'capture'], 'a network');
    this.time = options.time ?? systemTime;
    this.random = new Random(options.seed ?? 0);
    this.pathOfPaths = new Path({}, this.random);
    this.lookupDelay = options.lookupDelay ?? 0;
    checkNumber(this.lookupDelay, 'lookupDelay', 'at least 0', (value) => value >= 0);
    this.trace = new Trace(this.time, options.observer ?? null);
    this.capture = options.capture;
    this.#link = conditionsOf(options.link ?? {});
    this.#limits = limitsOf(LINUX, options.limits);
  }

  /** All hosts, in the order in which they were made. */
  get hosts(): readonly Host[] {
    return [...this.#hosts.values()];
  }

  /**
   * A new host, whose name resolves to its addresses; without any it gets one of 10.0.0.0/8. Throws ERR_INVALID_IP_ADDRESS, and
   * ERR_HOST_EXISTS for a name or an address that is in use.
   */
  host(name: string, addresses: string | readonly string[] = [], limits?: Partial<Limits>): Host {
    const given = typeof addresses === 'string' ? [addresses] : addresses;
    checkName(name);
    const isKnown = this.hosts.some((other) => canonical(other.name) === canonical(name));
    if (isKnown) throw codedError(Error, 'ERR_HOST_EXISTS', `There is a host of the name ${name} already`);
    const host = new Host(this, name, given.length > 0 ? given : [this.#freeAddress()], limitsOf(this.#limits, limits));
    const used = host.places.find(({ key }) => this.#owners.has(key));
    if (used !== undefined) {
      const { name: owner } = this.#owners.get(used.key)!;
      throw codedError(Error, 'ERR_HOST_EXISTS', `The address ${used.key} belongs to ${owner}`);
    }
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
    this.#check(one, other);
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
    const { oneWay = false } = knownOptions(how, ['oneWay'], 'a partition');
    this.#check(one, other);
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

  /** All hosts crash: at the end of a test nothing is left that a process would wait for. */
  close(): void {
    for (const host of this.#hosts.values()) host.crash();
  }

  /** Blocks the path from one host to another, or unblocks it: as often as it was blocked. */
  block(from: Host, to: Host, on: boolean): void {
    this.#check(from, to);
    this.path(from, to).block(on);
    this.pathsChanged();
  }

  /** @internal */
  owner(place: Place, from: Host): Host | null {
    return place.isLoopback || place.isAny ? from : (this.#owners.get(place.key) ?? null);
  }

  /** @internal Connections that watch over their peers look again. */
  pathsChanged(): void {
    for (const { kernel } of this.#hosts.values()) for (const connection of kernel.connections) connection.checkPeer();
  }

  /** @internal */
  nextConnection(): number {
    return ++this.#connections;
  }

  /** Throws ERR_INVALID_ARG_TYPE for what is not a host of this network. */
  #check(...hosts: readonly unknown[]): void {
    for (const host of hosts) {
      if (!this.hosts.includes(host as Host)) throw invalidArgType('host', 'a host of this network', host);
    }
  }

  #freeAddress(): string {
    for (let i = 1; ; i++) {
      const address = `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
      if (!this.#owners.has(placeOf(address).key)) return address;
    }
  }
}

/**
 * A network without hosts.
 * @example
 * ```js
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const network = createNetwork({ link: { latency: 20 } });
 * const host = network.host('db', '10.0.0.5');
 * host.lookup('db', {}, (error, address) => console.log(address)); // prints 10.0.0.5
 * ```
 */
export function createNetwork(options?: NetworkOptions): Network {
  return new Network(options);
}
