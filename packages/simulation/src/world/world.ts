import { invalidArgType } from '@netstrata/stream-core';
import {
  knownOptions, Network, Random, VirtualTime,
  type Host, type LinkConditions, type NameRecord, type NetworkEvent, type Path,
} from '@netstrata/transport-memory';
import { checkTime } from '../base/check.js';
import { asyncDispose, dispose } from '../base/dispose.js';
import { annotate, closed, isStuck, noScenario, OUTSIDE, stuck } from '../base/errors.js';
import { inspected, inspectSymbol, type Inspect } from '../base/inspecting.js';
import type { AttachedClock } from '../clock/attached-clocks.js';
import { Driver } from '../clock/driver.js';
import { canCapture, captureAt, captureHere, here, runAt } from '../context/here.js';
import { schedule } from '../faults/apply.js';
import { drawFaults } from '../faults/draw.js';
import type { Fault, NamedFault } from '../faults/fault.js';
import type { FaultyWorld } from '../faults/faulty.js';
import { Timeline, type EntryKind } from '../timeline/timeline.js';
import { AddressNames } from './address-names.js';
import { explainHost } from './explain-host.js';
import { ReplayCheck } from './replay-check.js';
import { boundsOf, checkedOptions, codeOf, faultsOf, type SimulateOptions } from './simulate-options.js';
import { hostOptionsOf, WorldHost, type HostOptions, type HostWorld } from './world-host.js';

/** What a run does: it makes hosts, lets them talk, and throws what is wrong. Its time is the world's. */
export type Scenario<T = unknown> = (world: World) => Promise<T> | T;

/** How a run has ended. */
export interface Outcome {
  /** What it failed with; null if it did not. */
  readonly error: Error | null;
}

/** @internal What a timeline is told. */
export type WorldEvent = Omit<NetworkEvent, 'kind'> & { readonly kind: EntryKind };

/** Lines of the timeline in a report. */
const REPORTED = 40;

/** A network in which nothing happens without a cause, and always the same. Make one with `simulate`. Owns its hosts, its time, its run. */
export class World implements HostWorld, FaultyWorld {
  /** What everything random in it follows from. */
  readonly seed: number | string;
  /** For use by the scenario: drawn from the seed, apart from everything else. */
  readonly random: Random;
  /** Virtual time: it moves when nothing else is left to do. */
  readonly time = new VirtualTime();
  /** The network that its hosts are on. */
  readonly network: Network;
  /** What has happened in it. */
  readonly timeline: Timeline;
  /** What came of `run`; null before it is over. */
  outcome: Outcome | null = null;
  readonly #options: SimulateOptions;
  readonly #faults: readonly Fault[];
  readonly #befallen = new Map<Fault, { readonly named: NamedFault; readonly hasHit: () => boolean }>();
  readonly #hosts = new Map<string, WorldHost>();
  readonly #names = new AddressNames();
  readonly #driver: Driver;
  readonly #observer: ((event: WorldEvent, peer: string) => void) | null;
  #scenario: Scenario | null = null;
  #replay: ReplayCheck | null = null;

  /** @internal */
  constructor(given: SimulateOptions | undefined, observer: ((event: WorldEvent, peer: string) => void) | null = null) {
    const options = checkedOptions(given);
    const { seed, link = { latency: 1 }, limits, lookupDelay } = options;
    const bounds = boundsOf(options);
    const faults = faultsOf(options);
    this.#options = options;
    this.#observer = observer;
    this.seed = seed;
    const random = new Random(seed);
    this.random = random.fork('scenario');
    this.timeline = new Timeline(bounds.entries, (place) => this.#names.nameOf(place));
    this.network = new Network({
      time: this.time, seed, link, limits, lookupDelay,
      observer: (event) => { this.#observe(event); },
      ...(canCapture && { capture: (host) => captureAt({ world: this, host: this.#hosts.get(host.name) ?? null }) }),
    });
    this.#driver = new Driver(this.time, this.network, bounds, () => stuck(this.explain()));
    this.#faults = Array.isArray(faults) ? faults : drawFaults(random.fork('faults'), faults);
    for (const fault of this.#faults) schedule(this, fault);
  }

  /** Milliseconds since the beginning. */
  get now(): number { return this.time.now; }
  /** What `Date.now()` says in it. */
  get epoch(): number { return this.#options.epoch ?? 946_684_800_000; }
  /** What goes wrong in this run: those that have happened with the names of their hosts. */
  get faults(): readonly Fault[] { return this.#faults.map((fault) => this.#befallen.get(fault)?.named ?? fault); }
  /** How many of them have happened. */
  get befallen(): number { return this.#befallen.size; }
  /** How many of those have changed anything: a partition between hosts that do not talk, for example, does not. */
  get hits(): number { return [...this.#befallen.values()].filter(({ hasHit }) => hasHit()).length; }
  /** All hosts, in the order in which they were made. */
  get hosts(): readonly WorldHost[] { return [...this.#hosts.values()]; }
  /** Whether it was closed: nothing happens in it any more. */
  get isClosed(): boolean { return this.#driver.isStopped; }
  /** How many events there have been. */
  get events(): number { return this.#driver.events; }

  // ---- what there is ------------------------------------------------------------------------------------------------

  /** A new host, whose name resolves to its addresses; without any it gets one of 10.0.0.0/8. */
  host(name: string, addresses?: string | readonly string[] | HostOptions, options?: HostOptions): WorldHost {
    const isAddress = typeof addresses === 'string' || Array.isArray(addresses);
    const { boot, limits, routes } = hostOptionsOf(isAddress || addresses === undefined ? options : (addresses as HostOptions));
    const given = isAddress ? (addresses as string | readonly string[]) : [];
    const host = new WorldHost(this, this.network.host(name, given, limits), { boot, routes });
    this.#hosts.set(name, host);
    for (const { key } of host.host.places) this.#names.add(key, name);
    host.start();
    return host;
  }

  /** The host of a name. Throws ERR_NO_SUCH_HOST. */
  get(name: string): WorldHost {
    return this.#hosts.get(this.network.get(name).name)!;
  }

  /** What a name resolves to from now on: addresses, or a failure of the name server. */
  name(name: string, record: NameRecord): void {
    this.network.names.set(name, record);
  }

  /** What the link between two hosts is like from now on, both ways. */
  link(one: WorldHost | string, other: WorldHost | string, conditions: LinkConditions): void {
    this.network.link(this.#find(one), this.#find(other), conditions);
  }

  /** Nothing gets from one host to the other, nor back unless it is `oneWay`. Call what it returns to heal that. */
  partition(one: WorldHost | string, other: WorldHost | string, how?: { readonly oneWay?: boolean | undefined }): () => void {
    return this.network.partition(this.#find(one), this.#find(other), how);
  }

  /** Resets, at both ends, the connection that carries the byte after so many more from one host to another. */
  reset(from: WorldHost | string, to: WorldHost | string, after = 0): void {
    this.path(from, to).reset(after);
  }

  /** @internal */
  path(from: WorldHost | string, to: WorldHost | string): Path {
    return this.network.path(this.#find(from), this.#find(to));
  }

  // ---- running ------------------------------------------------------------------------------------------------------

  /**
   * Runs a scenario to its end, and the world with it. Resolves with what it resolves with. When it fails, and when nothing can happen any
   * more, the error says the seed, the timeline, and what waits for what.
   */
  async run<T>(scenario: Scenario<T>): Promise<T> {
    this.#scenario ??= scenario;
    try {
      const result = await this.#await(() => scenario(this));
      this.outcome = { error: null };
      return result;
    } catch (error) {
      // The error of a world that is stuck says what is open.
      const reported = annotate(error, isStuck(error) ? this.#story(REPORTED) : this.report());
      this.outcome = { error: reported };
      throw reported;
    }
  }

  /** Runs until a condition holds, or a promise is settled: then it resolves with what that resolves with. */
  runUntil<T>(goal: Promise<T>): Promise<T>;
  runUntil(goal: () => boolean): Promise<void>;
  async runUntil<T>(goal: Promise<T> | (() => boolean)): Promise<T | undefined> {
    if (typeof goal !== 'function') return this.#await(() => goal);
    await this.#driver.wait(goal);
    return undefined;
  }

  /** Runs for so many milliseconds, whether something happens or not. */
  advance(milliseconds: number): Promise<void> {
    checkTime(milliseconds, 'milliseconds');
    return this.#driver.wait(never, this.now + milliseconds);
  }

  /** The next event. False when there are no more. */
  step(): Promise<boolean> {
    return this.#driver.step();
  }

  /** Until so many milliseconds have passed: for scenarios. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => { this.after(milliseconds, resolve); });
  }

  /** Runs code of the scenario after some milliseconds. Call what it returns to forget it. */
  after(milliseconds: number, task: () => void): () => void {
    const run = captureHere({ world: this, host: null });
    const timer = this.time.after(milliseconds, () => {
      this.network.turns++;
      run(task);
    }, undefined);
    return () => { this.time.cancel(timer); };
  }

  /**
   * Stops time until work outside of this world is done: a file, a thread, another process. Given a function, it runs that with the
   * network and the timers of the runtime. What comes after it may differ from run to run.
   */
  outside<T>(work: Promise<T> | (() => Promise<T>)): Promise<T> {
    return this.#driver.outside(work);
  }

  /**
   * Has other timers go by the time of this world, such as those that a test runner fakes: each is run when it is due here, and is a reason
   * to go on. Call what it returns to end that. They run as part of no host: a crash does not end them.
   */
  attachClock(clock: AttachedClock): () => void {
    return this.#driver.attach(clock);
  }

  /**
   * The same run in a new world, which is returned. It is compared event by event; the first that differs is ERR_SIMULATION_DIVERGED:
   * something in the scenario depends on more than the seed. With `until` it stops at the entry of that number, to be stepped from
   * there.
   */
  async replay(how?: { readonly until?: number | undefined }): Promise<World> {
    const { until } = knownOptions(how, ['until'], 'replay');
    if (this.#scenario === null) throw noScenario();
    const again = new World({ ...this.#options, faults: this.faults });
    const check = new ReplayCheck(this.timeline);
    again.#replay = check;
    const run = again.run(this.#scenario).catch(() => {});
    if (until === undefined) {
      await run;
      check.compareEnds(this, again);
    } else {
      await again.#driver.wait(() => again.timeline.count >= until || again.outcome !== null);
      again.#driver.park();
    }
    if (check.divergence !== null) throw check.divergence;
    return again;
  }

  /** Stops it for good: whatever waits is rejected with ERR_SIMULATION_CLOSED. */
  close(): void {
    this.#driver.stop(closed());
  }

  /** `using world = simulate()` closes it. */
  [dispose](): void {
    this.close();
  }

  /** `await using world = simulate()` closes it. */
  [asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  // ---- looking ------------------------------------------------------------------------------------------------------

  /** Puts words into the timeline. */
  log(text: string): void {
    this.record('log', here()?.host?.name ?? '', text);
  }

  /** @internal What `util.inspect` shows. */
  [inspectSymbol](depth: number, options: object, inspect: Inspect): string {
    const { seed, now, events } = this;
    return inspected('World', { seed, now, hosts: [...this.#hosts.keys()], events }, depth, options, inspect);
  }

  /** What is open in this world, and what it waits for. */
  explain(): string {
    const lines = this.hosts.flatMap(({ host }) => explainHost(host, (place) => this.#names.nameOf(place)));
    return lines.length === 0 ? 'Nothing is open.' : `Open:\n${lines.join('\n')}`;
  }

  /** Seed, faults, the last of the timeline, and what is open. */
  report(last = REPORTED): string {
    return `${this.#story(last)}\n${this.explain()}`;
  }

  #story(last: number): string {
    const { count } = this.timeline;
    const { faults } = this;
    const lines = this.timeline.lines(last);
    const shown = count > last ? `, which end with` : '';
    const again = `again: ${codeOf({ ...this.#options, faults: faults.length === 0 ? undefined : faults })}.run(scenario)`;
    return [`seed: ${JSON.stringify(this.seed)}; after ${this.now} ms and ${count} entries${shown}:`, again, ...lines].join('\n');
  }

  /** @internal An error that was not caught fails the run. Thrown on where there is no run. */
  fail(error: unknown): void {
    if (!this.#driver.fail(error)) throw annotate(error, OUTSIDE);
  }

  /** @internal */
  record(kind: 'fault' | 'log', host: string, note: string): void {
    this.#observe({ at: this.now, kind, host, connection: 0, local: '', remote: '', bytes: 0, data: null, note });
  }

  /** @internal A fault happens. */
  befell(fault: Fault, named: NamedFault, hasHit: () => boolean): void {
    this.#befallen.set(fault, { named, hasHit });
  }

  /** @internal */
  failedLookups(name: string): number {
    return this.network.names.failuresOf(name);
  }

  /** @internal A program asks something of the network. */
  asked(): void {
    this.#driver.asked();
  }

  #find(host: WorldHost | string): Host {
    if (typeof host === 'string') return this.network.get(host);
    if (host?.world !== this) throw invalidArgType('host', 'a host of this world, or the name of one', host);
    return host.host;
  }

  async #await<T>(begin: () => Promise<T> | T): Promise<T> {
    if (this.#driver.isStopped) throw closed();
    let isSettled = false;
    const settled = (): void => { isSettled = true; };
    // First of all waiters: those within are resolved before it.
    const over = this.#driver.wait(() => isSettled);
    const work = runAt({ world: this, host: null }, async () => begin());
    work.then(settled, settled);
    await over;
    return work;
  }

  #observe(event: WorldEvent): void {
    this.timeline.add(event);
    if (event.kind === 'connect') this.asked();
    if (this.#observer !== null) this.#observer(event, this.#names.hostOf(event.remote));
    this.#replay?.compare(this.timeline);
  }
}

const never = (): boolean => false;

/**
 * A new world; see `World`.
 * @example
 * ```js
 * import { simulate } from '@netstrata/simulation';
 *
 * const world = simulate({ seed: 1 });
 * await world.run(async (world) => {
 *   world.host('server', { boot: ({ net }) => net.createServer((socket) => socket.end('hello')).listen(7) });
 *   const socket = world.host('client').net.connect(7, 'server');
 *   for await (const chunk of socket) console.log(String(chunk)); // prints hello
 * });
 * console.log(world.timeline.count > 5); // prints true
 * ```
 */
export function simulate(options?: SimulateOptions): World {
  return new World(options);
}
