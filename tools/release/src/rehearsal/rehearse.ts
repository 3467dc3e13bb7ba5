import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Report, closingLine } from '@netstrata/report';
import Table from 'cli-table3';
import { folders, manifests } from '../../../packages/layers.mjs';
import { manifestOf } from '../metadata/address.js';
import { inconsistent } from '../metadata/problems.js';
import { root } from '../root.js';
import { firstVersion } from './first-version.js';
import { installPrograms, startRegistry, type Registry } from './registry.js';
import { endAll } from './run.js';
import { Steps } from './steps.js';
import { upgrades } from './upgrades.js';
import { Workspace } from './workspace.js';

/** What all steps share. */
export interface Stage {
  readonly steps: Steps;
  /** Where all of it happens, outside the repo. */
  readonly folder: string;
  readonly registry: Registry;
  /** Caches of package managers, which projects share. */
  readonly caches: string;
  readonly workspace: Workspace;
  /** Of all packages. */
  readonly names: readonly string[];
}

const isChangeset = (name: string) => name.endsWith('.md') && name !== 'README.md';

/** Versions, a build, the first publication. */
async function publishAll({ steps, workspace, names }: Stage): Promise<Record<string, string>> {
  await steps.need('publication', 'no manifest says where its package is published', () => {
    const problems = inconsistent(manifestOf('.'), Object.fromEntries(folders.map((one) => [`packages/${one}`, manifestOf(`packages/${one}`)])));
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });
  await steps.need('publication', 'the repo is cloned and installed', () => workspace.make());
  const pending = readdirSync(join(root, '.changeset')).filter(isChangeset);
  if (pending.length > 0) await steps.need('publication', `${pending.length} changesets become versions`, () => workspace.version());
  await steps.need('publication', 'the packages are built', () => workspace.build());
  const published = await steps.need('publication', 'changeset publish', () => workspace.publish());
  const versions = workspace.versions(folders);
  await steps.check('publication', `${names.length} packages are published`, () => {
    const due = folders.map((folder) => `${manifests[folder].name}@${versions[folder]}`).sort();
    return published.join() === due.join() ? [] : [`published were ${published.join(', ')}`];
  });
  return versions;
}

async function used(stage: Stage, versions: Readonly<Record<string, string>>): Promise<void> {
  const projects = await firstVersion(stage, versions);
  await upgrades(stage, projects, versions);
}

/** For somebody who installs from it by hand. It ends when this process is told to. */
function kept({ steps, registry }: Stage): Promise<never> {
  steps.say(`packages are at ${registry.url} until this is interrupted; in a project: echo registry=${registry.url}/ > .npmrc`);
  return new Promise(() => {});
}

function summary(steps: Steps): string {
  const table = new Table({ head: ['', 'passed', 'failed', 'seconds of steps'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right', 'right'] });
  table.push(...steps.rows());
  return `\n${table.toString()}\n${closingLine(steps.report.totals)}`;
}

/** A release from the beginning to the end, with a registry of its own, and what users make of it, or only the registry. Returns the exit code. */
export async function rehearse({ registryOnly = false } = {}): Promise<number> {
  const steps = new Steps(new Report('rehearsal', { quiet: true }));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-rehearsal-')));
  const clean = () => {
    if (process.env.NETSTRATA_KEEP === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    else steps.say(`${folder} is kept`);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { endAll(); clean(); process.exit(1); });
  let registry: Registry | undefined;
  try {
    await steps.need('registry', 'the registry and the package managers are installed', installPrograms);
    registry = await steps.need('registry', 'it listens, with nothing in it', () => startRegistry(join(folder, 'registry')));
    const workspace = new Workspace(join(folder, 'repo'), registry);
    const stage = { steps, folder, registry, caches: join(folder, 'caches'), workspace, names: folders.map((one) => manifests[one].name) };
    const versions = await publishAll(stage);
    await (registryOnly ? kept(stage) : used(stage, versions));
  } catch (error) {
    // A step has said why already.
    const { message } = error as Error;
    steps.report.add('it went on to the end', 'failed', message);
    steps.say(`✗ ${message}`);
  } finally {
    await registry?.close();
    clean();
  }
  const code = steps.report.finish(process.env.NETSTRATA_REPORTS);
  console.log(summary(steps));
  return code;
}
