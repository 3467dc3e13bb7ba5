import type { FaultyHost, FaultyWorld } from './faulty.js';
import type { NamedFault } from './fault.js';

/** Whether a fault has changed anything. */
export interface Hit {
  readonly has: () => boolean;
  /** It has. */
  readonly now: () => void;
  /** The fault is over: what happens from now on is not of its doing. */
  readonly over: () => void;
}

/**
 * Watches whether a fault that begins changes anything: a partition between hosts that do not talk, and a refusal at one that nobody dials,
 * do not.
 */
export function watch(world: FaultyWorld, fault: NamedFault, host: FaultyHost): Hit {
  const before = encounters(world, fault, host);
  let isOver = false;
  // A host that crashes starts again, whatever was open on it.
  let isHit = fault.kind === 'crash' && host.boot !== null && host.isUp;
  return {
    has: () => (isHit ||= !isOver && encounters(world, fault, host) > before),
    now: () => { isHit = true; },
    over: () => { isOver = true; },
  };
}

/** How often what a fault changes has come up so far. */
function encounters(world: FaultyWorld, fault: NamedFault, { name, host }: FaultyHost): number {
  const { refused, ignored, files, ports, slowReads, heldUp } = host.encounters;
  switch (fault.kind) {
    case 'partition': return world.path(name, fault.to).blocked + (fault.oneWay === true ? 0 : world.path(fault.to, name).blocked);
    case 'link': return world.path(name, fault.to).packets + world.path(fault.to, name).packets;
    case 'pause': return heldUp;
    case 'refuse': return refused;
    case 'ignore': return ignored;
    case 'slow reader': return slowReads;
    case 'files': return files;
    case 'ports': return ports;
    case 'name': return world.failedLookups(name);
    // They say so themselves.
    case 'reset': case 'crash': return 0;
  }
}
