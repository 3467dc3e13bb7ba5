import type { LinkConditions } from '@netstrata/transport-memory';
import { describe, type Fault, type NamedFault } from './fault.js';
import type { FaultyHost, FaultyWorld } from './faulty.js';
import { named } from './hosts-of.js';
import { last, override } from './overlapping.js';
import { watch } from './watch.js';

/** Has a fault happen at its time, and end at its time. */
export function schedule(world: FaultyWorld, fault: Fault): void {
  world.after(fault.at - world.now, () => { strike(world, fault); });
}

function strike(world: FaultyWorld, fault: Fault): void {
  if (world.hosts.length === 0) return;
  const struck = named(world, fault);
  const where = world.get('host' in struck ? struck.host : struck.from);
  const hit = watch(world, struck, where);
  world.befell(fault, struck, hit.has);
  world.record('fault', where.name, describe(struck));
  const undo = apply(world, struck, where, hit.now);
  if (undo !== null && 'for' in struck) {
    world.after(struck.for, () => {
      world.record('fault', where.name, `${struck.kind} is over`);
      hit.has();
      hit.over();
      undo();
    });
  }
}

/** What ends it; null when there is nothing to end. */
function apply(world: FaultyWorld, fault: NamedFault, host: FaultyHost, hit: () => void): (() => void) | null {
  const { name, addresses } = host;
  const { limits, openFiles } = host.host;
  switch (fault.kind) {
    case 'partition': return world.partition(name, fault.to, { oneWay: fault.oneWay });
    case 'link': return change(world, name, fault.to, fault.link);
    case 'reset': world.path(name, fault.to).reset(fault.after, hit); return null;
    case 'crash': return host.boot === null ? null : last(host, 'crash', () => { host.crash(); }, () => { host.restart(); });
    case 'pause': return last(host, 'pause', () => { host.pause(); }, () => { host.resume(); });
    case 'refuse': host.refuse(true); return () => { host.refuse(false); };
    case 'ignore': host.ignore(true); return () => { host.ignore(false); };
    case 'slow reader': return override(limits, 'readRate', fault.rate);
    case 'files': return override(limits, 'openFiles', openFiles);
    case 'ports': return override(limits, 'ephemeralPorts', [limits.ephemeralPorts[1], limits.ephemeralPorts[1] - 1]);
    case 'name': return last(host, 'name', () => { world.name(name, 'EAI_AGAIN'); }, () => { world.name(name, addresses); });
  }
}

function change(world: FaultyWorld, one: string, other: string, link: LinkConditions): () => void {
  const undo = [world.path(one, other), world.path(other, one)].map((path) => override(path, 'conditions', link));
  return () => {
    for (const one of undo) one();
  };
}
