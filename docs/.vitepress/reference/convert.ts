import { Application, type ProjectReflection } from 'typedoc';
import { faultsOf, programOf, type Reworded } from './program.js';
import { reading, writing } from './options.js';
import { layOut } from './layout.js';
import { arrangeMembers } from './members.js';
import { defineRouter } from './router.js';
import type { Entry } from './entries.js';

/**
 * Sockets, servers and streams are declared to be those of @types/node where a program has these, and the packages' own where it has none.
 * The reference shows the latter.
 */
const withoutNode = (text: string): string => text.replaceAll(/(?<=^import type .* from )'(?:node:)?(?:events|net|stream)';/gm, "'no-types-of-node';");
const REWORDED: Reworded = {
  '/net-compat/src/types/node-types.ts': withoutNode,
  '/stream-core/src/base/emitter.ts': withoutNode,
  '/stream-core/src/duplex/methods-of-node.ts': withoutNode,
};

export interface Converted {
  readonly app: Application;
  readonly project: ProjectReflection;
}

/** Reads the entries. Throws when they do not compile. */
export async function convert(entries: readonly Entry[], tsconfig: string): Promise<Converted> {
  const app = await Application.bootstrapWithPlugins({
    ...reading, ...writing,
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: entries.map(({ source }) => source),
    tsconfig,
    packagesRequiringDocumentation: [...new Set(entries.map(({ name }) => name.split('/').slice(0, 2).join('/')))],
    router: 'entries',
  });
  defineRouter(app, entries);
  arrangeMembers(app);
  const program = programOf(entries.map(({ source }) => source), tsconfig, REWORDED);
  const faults = faultsOf(program);
  if (faults !== null) throw new Error(faults);
  const points = entries.map(({ name, source }) => ({ displayName: name, program, sourceFile: program.getSourceFile(source)! }));
  return { app, project: app.converter.convert(points) };
}

/** Whether everything has a comment and every link of the comments leads to something. What is wrong has been printed. */
export function isComplete({ app, project }: Converted): boolean {
  app.validate(project);
  const { errorCount, warningCount, validationWarningCount } = app.logger;
  return errorCount + warningCount + validationWarningCount === 0;
}

/** Writes the pages. */
export async function write({ app, project }: Converted, folder: string): Promise<void> {
  layOut(app, project);
  app.options.setValue('outputs', [{ name: 'markdown', path: folder }]);
  app.options.setValue('cleanOutputDir', true);
  await app.generateOutputs(project);
}
