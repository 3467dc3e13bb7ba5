import { cycles } from './cycles.js';
import { fileGraph } from './source-graph.js';
import type { Check, Workspace } from './workspace.js';

/** No cycles: neither between packages nor between the files that a package loads. Types may refer to each other. */
export function cycleChecks({ packages }: Workspace): Check[] {
  const between: Check = {
    name: 'cycles: between packages',
    run: () => cycles(new Map(packages.map(({ manifest }) => [manifest.name, Object.keys(manifest.dependencies ?? {})]))),
  };
  const within = packages.map(
    (one): Check => ({
      name: `cycles: within ${one.folder}`,
      run() {
        const { edges, problems } = fileGraph(one);
        return [...problems, ...cycles(edges)];
      },
    }),
  );
  return [between, ...within];
}
