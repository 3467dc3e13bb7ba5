import { invalidArgType } from '@netstrata/stream-core';
import { knownOptions, type Random } from '@netstrata/transport-memory';
import { checkWhole } from '../base/check.js';
import { checkKind } from './check-fault.js';
import { KINDS, type Fault, type FaultKind } from './fault.js';
import type { Targets } from './targets.js';

/** How much is to go wrong by chance. */
export interface Chaos {
  /** Faults in a run, at most; 5. */
  readonly most?: number | undefined;
  /** Milliseconds in which they begin; 5000. */
  readonly within?: number | undefined;
  /** Milliseconds that one lasts, at most; 3000. */
  readonly longest?: number | undefined;
  /** All kinds when not given. */
  readonly kinds?: readonly FaultKind[] | undefined;
}

/** Enough to mean any host of a world. */
const HOSTS = 1000;
/** Bytes that a reset lets through at most, where nobody knows how many there are. */
const BYTES = 100_000;

const NOWHERE: Targets = { hosts: {}, pairs: [] };

const NAMES = ['most', 'within', 'longest', 'kinds'] as const;

/** Those that are given, checked. */
export function chaosOf(chaos: Chaos): Chaos {
  const options = knownOptions(chaos, NAMES, 'faults');
  const { kinds, ...numbers } = options;
  if (kinds !== undefined && (!Array.isArray(kinds) || kinds.length === 0)) throw invalidArgType('faults.kinds', 'a list of kinds', kinds);
  kinds?.forEach(checkKind);
  checkWhole(numbers);
  return options;
}

/** A schedule of faults, drawn from the seed alone: with `targets`, of such as can change something. */
export function drawFaults(random: Random, chaos: Chaos, targets = NOWHERE): Fault[] {
  const { most = 5, within = 5000, longest = 3000, kinds = KINDS } = chaosOf(chaos);
  const count = random.integer(0, most);
  const faults = Array.from({ length: count }, () => drawFault(random, random.pick(kinds), within, longest, targets));
  return faults.sort((one, other) => one.at - other.at);
}

function drawFault(random: Random, kind: FaultKind, within: number, longest: number, targets: Targets): Fault {
  // Many go wrong early, where connections are made.
  const at = random.chance(0.5) ? random.integer(0, Math.min(50, within)) : random.integer(0, within);
  const span = { at, for: random.integer(1, longest) };
  const { from, to, bytes } = drawPair(random, kind, targets);
  const hosts = targets.hosts[kind] ?? [];
  const host = hosts.length === 0 ? from : random.pick(hosts);
  switch (kind) {
    case 'partition': return { kind, ...span, from, to, oneWay: random.chance(0.3) };
    case 'link': return { kind, ...span, from, to, link: drawLink(random) };
    case 'reset': return { kind, at, from, to, after: random.integer(0, random.chance(0.5) ? Math.min(100, bytes) : bytes) };
    case 'slow reader': return { kind, ...span, host, rate: random.integer(1000, 1_000_000) };
    default: return { kind, ...span, host };
  }
}

/** Two hosts, and the last byte from the one to the other that a reset may come before. */
function drawPair(random: Random, kind: FaultKind, { pairs }: Targets): Targets['pairs'][number] {
  const fitting = kind === 'reset' ? pairs.filter(({ bytes }) => bytes > 0) : pairs;
  if (fitting.length === 0) {
    const from = random.integer(0, HOSTS);
    return { from, to: from + random.integer(1, HOSTS), bytes: BYTES };
  }
  const pair = random.pick(fitting);
  return { ...pair, bytes: pair.bytes - 1 };
}

/** Conditions of a link that were drawn. */
interface DrawnLink {
  latency: number;
  jitter: number;
  bandwidth?: number;
  segment?: [number, number];
  loss: number;
}

/** Conditions of a link, from fair to foul. */
export function drawLink(random: Random): DrawnLink {
  const most = random.pick([1, 7, 100, 1460, 65_536]);
  return {
    latency: random.pick([0, 0, 0.1, 1, 20, 200]),
    jitter: random.pick([0, 0, 0.5, 5, 50]),
    loss: random.pick([0, 0, 0, 0.01, 0.1]),
    ...(random.chance(0.3) && { bandwidth: random.pick([10_000, 100_000, 1_000_000, 10_000_000]) }),
    ...(random.chance(0.5) && { segment: [1, most] as [number, number] }),
  };
}
