import type { World } from '../world.js';
import type { WorldHost } from '../world-host.js';
import { describe, type Fault, type HostRef } from './fault.js';

/** Has a fault happen at its time, and end at its time. */
export function schedule(world: World, fault: Fault): void {
  world.after(fault.at - world.now, () => { strike(world, fault); });
}

function strike(world: World, fault: Fault): void {
  if (world.hosts.length === 0) return;
  const nameOf = (ref: HostRef): string => find(world, ref).name;
  const where = 'host' in fault ? find(world, fault.host) : find(world, fault.from);
  world.record('fault', where.name, describe(fault, nameOf));
  const undo = apply(world, fault, where);
  if (undo !== null && 'for' in fault) {
    world.after(fault.for, () => {
      world.record('fault', where.name, `${fault.kind} is over`);
      undo();
    });
  }
}

/** What ends it; null when there is nothing to end. */
function apply(world: World, fault: Fault, host: WorldHost): (() => void) | null {
  const { limits } = host.host;
  switch (fault.kind) {
    case 'partition': return world.partition(host, find(world, fault.to), { oneWay: fault.oneWay });
    case 'link': return change(world, host, find(world, fault.to), fault.link);
    case 'reset': world.reset(host, find(world, fault.to), fault.after); return null;
    case 'crash': return crash(host);
    case 'pause': host.pause(); return () => { host.resume(); };
    case 'refuse': host.refuse(); return () => { host.refuse(false); };
    case 'ignore': host.ignore(); return () => { host.ignore(false); };
    case 'slow reader': return limit(host, 'readRate', fault.rate);
    case 'files': return limit(host, 'openFiles', host.host.openFiles);
    case 'ports': return limit(host, 'ephemeralPorts', [limits.ephemeralPorts[1], limits.ephemeralPorts[1] - 1]);
    case 'name': world.name(host.name, 'EAI_AGAIN'); return () => { world.name(host.name, host.addresses); };
  }
}

function crash(host: WorldHost): (() => void) | null {
  if (host.boot === null) return null;
  host.crash();
  return () => { host.restart(); };
}

/** Overlapping faults of one kind end in the order in which they can: the last undo restores what was first. */
function limit<K extends 'readRate' | 'openFiles' | 'ephemeralPorts'>(host: WorldHost, key: K, value: WorldHost['host']['limits'][K]): () => void {
  const before = host.host.limits[key];
  host.host.limits[key] = value;
  return () => {
    if (host.host.limits[key] === value) host.host.limits[key] = before;
  };
}

function change(world: World, one: WorldHost, other: WorldHost, link: (Fault & { kind: 'link' })['link']): () => void {
  const paths = [world.network.path(one.host, other.host), world.network.path(other.host, one.host)];
  const before = paths.map(({ conditions }) => conditions);
  for (const path of paths) path.conditions = link;
  return () => {
    paths.forEach((path, i) => {
      if (path.conditions === link) path.conditions = before[i];
    });
  };
}

function find(world: World, ref: HostRef): WorldHost {
  return typeof ref === 'string' ? world.get(ref) : world.hosts[ref % world.hosts.length];
}
