import type { World } from '../world/world.js';
import type { WorldHost } from '../world/world-host.js';
import { describe, type Fault, type FaultKind, type HostRef } from './fault.js';

/** Has a fault happen at its time, and end at its time. */
export function schedule(world: World, fault: Fault): void {
  world.after(fault.at - world.now, () => { strike(world, fault); });
}

function strike(world: World, fault: Fault): void {
  if (world.hosts.length === 0) return;
  const nameOf = (ref: HostRef): string => find(world, ref).name;
  const where = 'host' in fault ? find(world, fault.host) : find(world, fault.from);
  world.befell(fault, named(fault, nameOf));
  world.record('fault', where.name, describe(fault, nameOf));
  const undo = apply(world, fault, where);
  if (undo !== null && 'for' in fault) {
    world.after(fault.for, () => {
      world.record('fault', where.name, `${fault.kind} is over`);
      undo();
    });
  }
}

/** The same with the names of its hosts: whoever makes another host changes nothing about it. */
function named(fault: Fault, nameOf: (ref: HostRef) => string): Fault {
  const names = Object.fromEntries((['host', 'from', 'to'] as const).filter((key) => key in fault).map((key) => [key, nameOf((fault as unknown as Record<string, HostRef>)[key])]));
  return { ...fault, ...names };
}

/** What ends it; null when there is nothing to end. */
function apply(world: World, fault: Fault, host: WorldHost): (() => void) | null {
  const { limits } = host.host;
  switch (fault.kind) {
    case 'partition': return world.partition(host, find(world, fault.to), { oneWay: fault.oneWay });
    case 'link': return change(world, host, find(world, fault.to), fault.link);
    case 'reset': world.reset(host, find(world, fault.to), fault.after); return null;
    case 'crash': return crash(host);
    case 'pause': return lasting(host, 'pause', () => { host.pause(); }, () => { host.resume(); });
    case 'refuse': host.refuse(); return () => { host.refuse(false); };
    case 'ignore': host.ignore(); return () => { host.ignore(false); };
    case 'slow reader': return limit(host, 'readRate', fault.rate);
    case 'files': return limit(host, 'openFiles', host.host.openFiles);
    case 'ports': return limit(host, 'ephemeralPorts', [limits.ephemeralPorts[1], limits.ephemeralPorts[1] - 1]);
    case 'name': return lasting(host, 'name', () => { world.name(host.name, 'EAI_AGAIN'); }, () => { world.name(host.name, host.addresses); });
  }
}

function crash(host: WorldHost): (() => void) | null {
  if (host.boot === null) return null;
  return lasting(host, 'crash', () => { host.crash(); }, () => { host.restart(); });
}

function limit<K extends 'readRate' | 'openFiles' | 'ephemeralPorts'>(host: WorldHost, key: K, value: WorldHost['host']['limits'][K]): () => void {
  return override(host.host.limits, key, value);
}

function change(world: World, one: WorldHost, other: WorldHost, link: (Fault & { kind: 'link' })['link']): () => void {
  const undo = [world.network.path(one.host, other.host), world.network.path(other.host, one.host)].map((path) => override(path, 'conditions', link));
  return () => {
    for (const one of undo) one();
  };
}

const lasts = new WeakMap<WorldHost, Map<FaultKind, number>>();

/** Begins something, and ends it when the last of the faults of this kind is over. */
function lasting(host: WorldHost, kind: FaultKind, begin: () => void, end: () => void): () => void {
  const kinds = lasts.get(host) ?? new Map<FaultKind, number>();
  lasts.set(host, kinds);
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  begin();
  return () => {
    const left = kinds.get(kind)! - 1;
    kinds.set(kind, left);
    if (left === 0) end();
  };
}

interface Overrides {
  /** What was there before the first. */
  readonly before: unknown;
  readonly values: { readonly value: unknown }[];
}

const overridden = new WeakMap<object, Map<PropertyKey, Overrides>>();

/** Gives a property another value. Where faults overlap the latest that is not over counts, and after all of them what was there before. */
function override<T extends object, K extends keyof T>(owner: T, key: K, value: T[K]): () => void {
  const keys = overridden.get(owner) ?? new Map<PropertyKey, Overrides>();
  overridden.set(owner, keys);
  const { before, values } = keys.get(key) ?? { before: owner[key], values: [] };
  keys.set(key, { before, values });
  owner[key] = value;
  // What became of it: a copy, perhaps.
  const own = { value: owner[key] };
  values.push(own);
  return () => {
    const current = values[values.length - 1];
    values.splice(values.indexOf(own), 1);
    if (values.length === 0) keys.delete(key);
    // Somebody else has changed it since: that stays.
    if (owner[key] !== current.value) return;
    owner[key] = (values.length === 0 ? before : values[values.length - 1].value) as T[K];
  };
}

function find(world: World, ref: HostRef): WorldHost {
  return typeof ref === 'string' ? world.get(ref) : world.hosts[ref % world.hosts.length];
}
