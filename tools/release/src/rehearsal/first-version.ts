import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlers } from '../programs/bundles.js';
import { examples, fileNameOf } from '../programs/examples.js';
import { programsOf } from '../programs/forms.js';
import { here, ofBundles, runtimes } from '../programs/runtimes.js';
import { attempt, expected, judge, loads, titleOf, trials } from './consumers.js';
import { doubled } from './copies.js';
import { MANAGERS, Project, type ManagerName } from './managers.js';
import type { Stage } from './rehearse.js';
import { each, run } from './run.js';

/** A package alone in an empty project: it loads. By pnpm, whose projects find nothing that they do not name, the examples that need no other run, too. */
async function alone(stage: Stage, manager: ManagerName, name: string): Promise<void> {
  const project = new Project(manager, join(stage.folder, 'alone', manager, name.split('/')[1]), { [name]: 'latest' }, stage);
  await stage.steps.check(`alone, ${manager}`, name, async () => {
    await project.install();
    const problems = [...doubled(project), ...(await loads(project, [name]))];
    for (const trial of manager === 'pnpm' ? trials([here], [name]) : []) problems.push(...(await attempt(project, trial)).map((problem) => `${titleOf(trial)}: ${problem}`));
    return problems;
  });
}

/** All packages in one project: none is there twice, all load, all examples run on this Node. */
async function together({ steps, names }: Stage, project: Project): Promise<void> {
  const area = `together, ${project.manager}`;
  await steps.need(area, 'installs', () => project.install());
  await steps.check(area, 'no package is there twice', () => doubled(project));
  await steps.check(area, 'all entries load', () => loads(project, names));
  // The examples by npm are run everywhere, below.
  if (project.manager === 'npm') return;
  for (const trial of trials([here])) await steps.check(area, titleOf(trial), () => attempt(project, trial));
}

/** All examples of documents, as they are bundled together; each bundle runs where nothing is installed. */
async function bundled({ steps, folder }: Stage, project: Project, name: string): Promise<void> {
  const target = join(folder, 'bundles', name);
  const some = examples.flatMap((block) => programsOf(block).filter(({ form }) => form === 'import').map(({ code }) => ({ block, code })));
  const files = some.map(({ block, code }) => {
    const file = `${fileNameOf(block)}.mjs`;
    writeFileSync(join(project.folder, file), code);
    return { block, file };
  });
  mkdirSync(target, { recursive: true });
  await steps.need(`in a bundle, ${name}`, `${files.length} programs are bundled`, () => bundlers[name]({ folder: project.folder, files: files.map(({ file }) => file), target }));
  await each(files.flatMap((one) => ofBundles.map((runtime) => ({ ...one, runtime }))), async ({ block, file, runtime }) => {
    const where = `${name}, ${runtime.name}`;
    const built = existsSync(join(target, file)) ? file : file.replace('.mjs', '.cjs');
    await steps.check(`in a bundle, ${name}`, `${block.file}:${block.line} on ${runtime.name}`, async () => expected(block, where, judge(block, await run(runtime.command[0], [built], { cwd: target }))));
  });
}

/** What a user gets who installs the first version. Returns the projects with all packages. */
export async function firstVersion(stage: Stage, versions: Readonly<Record<string, string>>): Promise<Project[]> {
  const { steps, folder, names } = stage;
  const all = Object.fromEntries(Object.entries(versions).map(([one, version]) => [`@netstrata/${one}`, `^${version}`]));
  const projects = MANAGERS.map((manager) => new Project(manager, join(folder, 'together', manager), all, stage));
  // Before many projects want the same at once, every cache has it.
  await each(projects, (project) => together(stage, project));
  await each(MANAGERS.flatMap((manager) => names.map((name) => [manager, name] as const)), ([manager, name]) => alone(stage, manager, name));
  const byNpm = projects.find(({ manager }) => manager === 'npm')!;
  await each(trials(runtimes), async (trial) => {
    await steps.check(`examples, ${trial.runtime.name}`, titleOf(trial), () => attempt(byNpm, trial));
  });
  for (const name of Object.keys(bundlers)) await bundled(stage, byNpm, name);
  return projects;
}
