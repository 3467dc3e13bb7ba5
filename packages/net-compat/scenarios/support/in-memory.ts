/** Scenarios that look at what only a system has. Whole files of that kind are left out in vitest.config.ts. */
const OF_THE_SYSTEM: readonly string[] = [
  'a path in a folder that is not there',
  'a path that is longer than the system takes',
  'connecting to a file that is no socket',
  'a server listens on the handle of another',
  'an address that cannot be reached',
  'options of the connection',
  'the constructor and fd that is not open',
  // How soon a path refuses, and what the handle of the former attempt still reports.
  'connecting again in the listener of error: refused',
  'connecting again in the listener of error: destroyed while it connects',
];

export function differsInMemory(title: string): boolean {
  return OF_THE_SYSTEM.includes(title);
}

/**
 * What differs between a run over a network in memory and one over the system's; null when nothing does. How fast the two ends of a connection hear of
 * each other is another thing there: a lane may have come further when the scenario was over, and turns of the loop fall elsewhere.
 */
export function sameInMemory(observed: string, wanted: string): string | null {
  const [ours, theirs] = [lanesOf(observed), lanesOf(wanted)];
  for (const lane of new Set([...ours.keys(), ...theirs.keys()])) {
    const one = ours.get(lane) ?? [];
    const other = theirs.get(lane) ?? [];
    const isMain = lane === 'main';
    const length = isMain ? Math.max(one.length, other.length) : Math.min(one.length, other.length);
    for (let i = 0; i < length; i++) if (one[i] !== other[i]) return `${lane}: ${one[i] ?? 'nothing'}\nwhere the builtin has: ${other[i] ?? 'nothing'}`;
  }
  return null;
}

function lanesOf(report: string): Map<string, string[]> {
  const lanes = new Map<string, string[]>();
  let lane: string[] = [];
  for (const line of report.split('\n')) {
    if (!line.startsWith('  ')) lanes.set(line.slice(0, -1), (lane = []));
    else if (!line.startsWith('  -- ')) lane.push(line.trim());
  }
  return lanes;
}
