import type { Host, LinkConditions, NameRecord, Path } from '@netstrata/transport-memory';
import { describe, type Fault, type HostRef } from './fault.js';
import { last, override } from './overlapping.js';

/** What faults do to a host. */
export interface FaultyHost {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Null where it cannot be started again. */
  readonly boot: unknown;
  readonly host: Pick<Host, 'limits' | 'openFiles'>;
  crash(): void;
  restart(): void;
  pause(): void;
  resume(): void;
  refuse(on: boolean): void;
  ignore(on: boolean): void;
}

/** What faults do to a world. */
export interface FaultyWorld {
  readonly now: number;
  readonly hosts: readonly FaultyHost[];
  get(name: string): FaultyHost;
  after(milliseconds: number, task: () => void): unknown;
  /** One direction of the link between two hosts. */
  path(from: string, to: string): Path;
  partition(one: string, other: string, how: { readonly oneWay?: boolean | undefined }): () => void;
  reset(from: string, to: string, after: number): void;
  name(name: string, record: NameRecord): void;
  /** A fault happens; `named` is the same with the names of its hosts. */
  befell(fault: Fault, named: Fault): void;
  /** Puts words into the timeline. */
  record(kind: 'fault', host: string, note: string): void;
}

/** Has a fault happen at its time, and end at its time. */
export function schedule(world: FaultyWorld, fault: Fault): void {
  world.after(fault.at - world.now, () => { strike(world, fault); });
}

function strike(world: FaultyWorld, fault: Fault): void {
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

/** The same with the names of its hosts: making another host changes nothing about it. */
function named(fault: Fault, nameOf: (ref: HostRef) => string): Fault {
  const refs = fault as unknown as Readonly<Record<string, HostRef>>;
  const names = (['host', 'from', 'to'] as const).filter((key) => key in fault).map((key) => [key, nameOf(refs[key])]);
  return { ...fault, ...(Object.fromEntries(names) as object) };
}

/** What ends it; null when there is nothing to end. */
function apply(world: FaultyWorld, fault: Fault, host: FaultyHost): (() => void) | null {
  const { name, addresses } = host;
  const { limits, openFiles } = host.host;
  switch (fault.kind) {
    case 'partition': return world.partition(name, find(world, fault.to).name, { oneWay: fault.oneWay });
    case 'link': return change(world, name, find(world, fault.to).name, fault.link);
    case 'reset': world.reset(name, find(world, fault.to).name, fault.after); return null;
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

function find(world: FaultyWorld, ref: HostRef): FaultyHost {
  return typeof ref === 'string' ? world.get(ref) : world.hosts[ref % world.hosts.length];
}
