import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse, references } from './imports.js';
import { sourceFiles, type Package } from './workspace.js';

/** The file a relative import names: sources say `./x.js` for `./x.ts`. Null when there is no such file. */
export function resolveRelative(from: string, specifier: string): string | null {
  const stem = join(dirname(from), specifier);
  const candidates = [stem.replace(/\.([cm]?)js$/, '.$1ts'), `${stem}.ts`, join(stem, 'index.ts')];
  return candidates.find((file) => /ts$/.test(file) && existsSync(file)) ?? null;
}

export interface FileGraph {
  /** File -> the files of the same package that it loads; types are no load, and may refer to each other. */
  readonly edges: ReadonlyMap<string, readonly string[]>;
  /** Relative imports that lead nowhere, or out of `src`. */
  readonly problems: readonly string[];
}

/** The files of a package and what they import of each other. Names are relative to `src`. */
export function fileGraph(of: Package): FileGraph {
  const src = join(of.path, 'src');
  const edges = new Map<string, string[]>();
  const problems: string[] = [];
  for (const file of sourceFiles(of)) {
    const targets: string[] = [];
    for (const { specifier, line, typeOnly } of references(parse(file))) {
      if (!specifier?.startsWith('.')) continue;
      const found = resolveRelative(file, specifier);
      const name = found === null ? null : relative(src, found);
      if (name === null) problems.push(`${relative(src, file)}:${line} imports ${specifier}, and there is no such file`);
      else if (name.startsWith('..')) problems.push(`${relative(src, file)}:${line} imports ${specifier}, which is outside src`);
      else if (!typeOnly) targets.push(name);
    }
    edges.set(relative(src, file), targets);
  }
  return { edges, problems };
}
