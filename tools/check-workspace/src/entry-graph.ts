import { parse, references } from './imports.js';
import type { Layers } from './layers.js';
import { resolveRelative } from './source-graph.js';
import { entrySource, target, type Check, type Workspace } from './workspace.js';

interface Step {
  readonly specifier: string;
  /** The files and packages that led there. */
  readonly path: readonly string[];
}

/** Everything that can be reached from an entry by imports, through our own packages too, with how it was reached. */
function reach(workspace: Workspace, entry: string): Step[] {
  const steps: Step[] = [];
  const seen = new Set<string>();
  const visit = (file: string | null, path: readonly string[]): void => {
    if (file === null || seen.has(file)) return;
    seen.add(file);
    for (const { specifier, kind } of references(parse(file))) {
      if (specifier === null || kind === 'lookup') continue;
      const next = specifier.startsWith('.') ? null : target(workspace, specifier);
      if (!specifier.startsWith('.')) steps.push({ specifier, path });
      visit(next ? entrySource(next.package, next.entry) : specifier.startsWith('.') ? resolveRelative(file, specifier) : null, [...path, specifier]);
    }
  };
  const start = target(workspace, entry);
  visit(start && entrySource(start.package, start.entry), [entry]);
  return steps;
}

/** What an entry promises to do without is not reached from it. */
export function entryGraphChecks(workspace: Workspace, layers: Layers): Check[] {
  return Object.entries(layers.entries).map(([entry, { never, outside }]) => ({
    name: `import graph: ${entry}`,
    run() {
      const start = target(workspace, entry);
      if (!start || !entrySource(start.package, start.entry)) return [`${entry} has no source file`];
      const wrong = reach(workspace, entry).filter(({ specifier }) => {
        const to = target(workspace, specifier);
        return to ? never.includes(to.package.manifest.name) : !outside.includes(specifier);
      });
      return wrong.map(({ specifier, path }) => `${specifier} is reached: ${[...path, specifier].join(' -> ')}`);
    },
  }));
}
