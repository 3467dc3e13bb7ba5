import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import getReleasePlan from '@changesets/get-release-plan';
import { execa } from 'execa';
import { folders, manifests } from '../../../packages/layers.mjs';
import { root } from '../root.js';
import { breakingBump, followers, type Dependencies } from './breaking.js';

const dependencies: Dependencies = Object.fromEntries(folders.map((folder) => [manifests[folder].name, Object.keys(manifests[folder].dependencies ?? {}).filter((name) => name.startsWith('@netstrata/'))]));
const versionOf = (name: string): string => Object.values(manifests).find((one) => one.name === name)!.version;

/** The changeset of packages that follow others, one for each reason. */
function written(names: ReadonlyMap<string, readonly string[]>): string[] {
  return [...names].map(([name, below]) => {
    const those = below.map((one) => `\`${one}\``).join(', ');
    return `---\n"${name}": ${breakingBump(versionOf(name))}\n---\n\nStands on a version of ${those} with breaking changes. Update the packages together: there is one copy of each then.\n`;
  });
}

/** `changeset version`, in which packages that stand on a breaking change follow it (docs/how-it-works/decisions/0025). */
export async function version(): Promise<number> {
  const plan = await getReleasePlan(root);
  if (plan.changesets.length === 0) {
    console.error('There is no changeset: `npm run changeset` writes one.');
    return 1;
  }
  const files = written(followers(plan.releases, dependencies)).map((text, at) => [join(root, `.changeset/follows-${at + 1}.md`), text] as const);
  for (const [file, text] of files) writeFileSync(file, text);
  const { exitCode } = await execa('changeset', ['version'], { cwd: root, preferLocal: true, stdio: 'inherit', reject: false });
  // They are gone when it has succeeded.
  for (const [file] of files) rmSync(file, { force: true });
  return exitCode ?? 1;
}
