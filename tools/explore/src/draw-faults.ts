import { drawLink, type Fault, type FaultKind, type LinkConditions, type Random } from '@netstrata/simulation';

const KINDS: readonly FaultKind[] = ['partition', 'link', 'reset', 'crash', 'pause', 'refuse', 'ignore', 'slow reader', 'files', 'ports', 'name'];

/** What goes wrong, mostly early, where connections are made. Links are no finer than the program was made for. */
export function drawFaults(random: Random): readonly Fault[] {
  const within = random.pick([20, 300, 3000]);
  const faults = Array.from({ length: random.integer(1, 4) }, (): Fault => {
    const kind = random.pick(KINDS);
    const at = random.integer(0, within);
    const span = { at, for: random.pick([1, random.integer(1, 100), random.integer(1, 3000)]) };
    const from = random.integer(0, 3);
    const to = from + random.integer(1, 3);
    switch (kind) {
      case 'partition': return { kind, ...span, from, to, oneWay: random.chance(0.4) };
      case 'link': return { kind, ...span, from, to, link: whole(drawLink(random)) };
      case 'reset': return { kind, at, from, to, after: random.pick([0, 1, random.integer(0, 100), random.integer(0, 100_000)]) };
      case 'slow reader': return { kind, ...span, host: from, rate: random.integer(1000, 1_000_000) };
      default: return { kind, ...span, host: from };
    }
  });
  return faults.sort((one, other) => one.at - other.at);
}

function whole({ latency, jitter, loss, bandwidth }: LinkConditions): LinkConditions {
  return { latency, jitter, loss, ...(bandwidth !== undefined && { bandwidth }) };
}
