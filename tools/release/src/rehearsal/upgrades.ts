import { inc, satisfies } from 'semver';
import { folders, manifests } from '../../../packages/layers.mjs';
import { breakingBump, nextBreaking } from '../versions/breaking.js';
import { loads, runOurs } from './consumers.js';
import { copies, doubled } from './copies.js';
import type { Project } from './managers.js';
import type { Stage } from './rehearse.js';
import { each } from './run.js';

type Versions = Readonly<Record<string, string>>;

const short = (name: string): string => name.replace('@netstrata/', '');

/** All packages that stand on one, at any distance, and itself. */
function standingOn(folder: string): string[] {
  const found = new Set([folder]);
  for (const one of found) {
    for (const other of folders) if (`@netstrata/${one}` in (manifests[other].dependencies ?? {})) found.add(other);
  }
  return [...found].sort();
}

/** What is wrong with new versions: exactly these packages have to have another one, and it has to be this. */
function wrongVersions(before: Versions, now: Versions, wanted: Versions): string[] {
  return folders.filter((folder) => now[folder] !== (wanted[folder] ?? before[folder])).map((folder) => `${folder} is ${now[folder]}, and not ${wanted[folder] ?? before[folder]}`);
}

/** What is wrong with the newest published manifests: each range has to be that of the version that the other package has now. */
async function wrongRanges({ registry }: Stage, now: Versions, some: readonly string[]): Promise<string[]> {
  const problems = some.map(async (folder) => {
    const response = await fetch(`${registry.url}/@netstrata%2f${folder}`);
    const { versions } = (await response.json()) as { versions: Record<string, { dependencies?: Versions }> };
    const ours = Object.entries(versions[now[folder]]?.dependencies ?? {}).filter(([name]) => name.startsWith('@netstrata/'));
    const given = Object.keys(manifests[folder].dependencies ?? {}).filter((name) => name.startsWith('@netstrata/'));
    if (ours.length !== given.length) return [`${folder} ${now[folder]} depends on ${ours.length} of ours, and not on ${given.length}`];
    return ours.filter(([name, range]) => range !== `^${now[short(name)]}` || !satisfies(now[short(name)], range)).map(([name, range]) => `${folder} ${now[folder]} wants ${name} ${range}, which is ${now[short(name)]}`);
  });
  return (await Promise.all(problems)).flat();
}

/** What is wrong in a project: packages that are there twice, or with another version. */
function wrongIn(project: Project, wanted: Versions): string[] {
  const there = copies(project);
  const others = folders.filter((folder) => there.get(`@netstrata/${folder}`)?.join() !== wanted[folder]).map((folder) => `${folder} is ${there.get(`@netstrata/${folder}`)?.join() ?? 'not there'}, and not ${wanted[folder]}`);
  return [...doubled(project), ...others];
}

interface Change {
  readonly folder: string;
  readonly isBreaking: boolean;
  readonly text: string;
  /** Changes sources, too. */
  readonly make?: () => Promise<void>;
  /** Folder -> new version, of those that must have one. */
  readonly wanted: Versions;
}

/** A change in one package becomes versions, which are published. Returns all versions then. */
async function publishChange(stage: Stage, { folder, isBreaking, text, make, wanted }: Change): Promise<Versions> {
  const { steps, workspace } = stage;
  const area = `${isBreaking ? 'a breaking change' : 'a fix'} in ${folder}`;
  const before = workspace.versions(folders);
  await make?.();
  workspace.changeset(folder, isBreaking ? breakingBump(before[folder]) : 'patch', text);
  await steps.need(area, 'becomes versions', () => workspace.version());
  const now = workspace.versions(folders);
  await steps.check(area, `gives another version to ${Object.keys(wanted).length} packages, and to no others`, () => wrongVersions(before, now, wanted));
  const published = await steps.need(area, 'is published', () => workspace.publish());
  await steps.check(area, 'publishes what has another version', () => {
    const due = Object.entries(wanted).map(([name, version]) => `@netstrata/${name}@${version}`).sort();
    return published.join() === due.join() ? [] : [`published were ${published.join(', ')}`];
  });
  await steps.check(area, 'leaves the right ranges between packages', () => wrongRanges(stage, now, Object.keys(wanted)));
  await steps.check(area, 'is told by the changelog of each', () => Object.entries(wanted).filter(([name, version]) => !workspace.read(`packages/${name}/CHANGELOG.md`).startsWith(`# @netstrata/${name}\n\n## ${version}\n`)).map(([name]) => `that of ${name} does not begin with it`));
  return now;
}

const latest = (some: readonly string[]): string[] => some.map((folder) => `@netstrata/${folder}@latest`);

/** Nobody stands on the gateway: it alone gets a version, and nobody else notices. */
async function inALeaf(stage: Stage, projects: readonly Project[], first: Versions): Promise<Versions> {
  const now = await publishChange(stage, { folder: 'gateway', isBreaking: true, text: 'Something is another way now.', wanted: { gateway: nextBreaking(first.gateway) } });
  await each(projects, async (project) => {
    const area = `a breaking change in gateway, ${project.manager}`;
    await stage.steps.check(area, 'an update stays below it', async () => {
      await project.update();
      return wrongIn(project, first);
    });
    await stage.steps.check(area, 'who asks for it gets it, and nothing else', async () => {
      await project.add(...latest(['gateway']));
      return [...wrongIn(project, now), ...(await loads(project, ['@netstrata/gateway']))];
    });
  });
  return now;
}

/** A fix at the bottom reaches everybody, and no other package needs a version for that. */
async function fixAtTheBottom(stage: Stage, projects: readonly Project[], before: Versions): Promise<Versions> {
  const now = await publishChange(stage, { folder: 'stream-core', isBreaking: false, text: 'Something is right now.', wanted: { 'stream-core': inc(before['stream-core'], 'patch')! } });
  await each(projects, async (project) => {
    await stage.steps.check(`a fix in stream-core, ${project.manager}`, 'an update brings it, once', async () => {
      await project.update();
      return wrongIn(project, now);
    });
  });
  return now;
}

/** What marks the second generation of stream-core: programs can tell the copies apart. */
async function breakStreamCore({ workspace }: Stage): Promise<void> {
  workspace.write('packages/stream-core/src/generation.ts', '/** Of the rehearsal. */\nexport const generation = 2;\n');
  workspace.write('packages/stream-core/src/index.ts', `${workspace.read('packages/stream-core/src/index.ts')}export { generation } from './generation.js';\n`);
  await workspace.buildOne('stream-core');
}

/** Nearly everybody stands on stream-core. */
async function atTheBottom(stage: Stage, projects: readonly Project[], before: Versions): Promise<void> {
  const wanted = Object.fromEntries(standingOn('stream-core').map((folder) => [folder, nextBreaking(before[folder])]));
  const now = await publishChange(stage, { folder: 'stream-core', isBreaking: true, text: 'A channel is another one now.', make: () => breakStreamCore(stage), wanted });
  await each(projects, async (project) => {
    const area = `a breaking change in stream-core, ${project.manager}`;
    await stage.steps.check(area, 'an update stays below it', async () => {
      await project.update();
      return wrongIn(project, before);
    });
    await stage.steps.check(area, 'with net-compat alone at the new version there are two copies of stream-core, and they work together', async () => {
      await project.add(...latest(['net-compat']));
      const versions = copies(project).get('@netstrata/stream-core') ?? [];
      const both = [before['stream-core'], now['stream-core']].filter((version) => !versions.includes(version));
      return [...both.map((version) => `there is no stream-core ${version}, but ${versions.join()}`), ...(await runOurs(project, 'two-copies.mjs'))];
    });
    await stage.steps.check(area, 'with all at the new version there is one copy of each', async () => {
      await project.add(...latest(folders));
      return [...wrongIn(project, now), ...(await loads(project, stage.names))];
    });
  });
}

/** What happens to projects with all packages when one of those changes. */
export async function upgrades(stage: Stage, projects: readonly Project[], first: Versions): Promise<void> {
  const second = await inALeaf(stage, projects, first);
  const third = await fixAtTheBottom(stage, projects, second);
  await atTheBottom(stage, projects, third);
}
