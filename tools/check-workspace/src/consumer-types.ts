import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { publicEntries, type Consumer } from './consumer.js';
import { specifier } from './workspace.js';

/** A way of writing a TypeScript program that uses a package. */
interface Mode {
  readonly file: string;
  readonly options: ts.CompilerOptions;
}

export const MODES: Readonly<Record<string, Mode>> = {
  'ESM, node16': { file: 'consumer.mts', options: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 } },
  'CommonJS, node16': { file: 'consumer.cts', options: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 } },
  bundler: { file: 'consumer.ts', options: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler } },
};

/** Where this package's own `@types/node` is: consumers on Node have one too. */
const typeRoots = [dirname(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))];

/** A use of every entry that fails to compile when the types of one are not found, or are `any`. */
function program({ tarball, ...consumer }: Consumer): string {
  const lines = publicEntries({ tarball, ...consumer }).map(
    (entry, index) => `import * as entry${index} from '${specifier(tarball.package, entry)}';
type Names${index} = keyof typeof entry${index};
export const typed${index}: 0 extends 1 & typeof entry${index} ? never : Names${index}[] = [];`,
  );
  return `${lines.join('\n')}\n`;
}

/**
 * The errors that the compiler finds in the program and in the declarations that it reaches.
 * @param builtins whether the consumer has Node's types
 */
export function typeProblems(consumer: Consumer, { file, options }: Mode, builtins: boolean): string[] {
  const path = join(consumer.folder, file);
  writeFileSync(path, program(consumer));
  const compiled = ts.createProgram([path], {
    ...options,
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: builtins ? ['node'] : [],
    typeRoots,
  });
  const own = compiled.getSourceFiles().filter(({ fileName }) => fileName.startsWith(consumer.folder));
  const errors = [...compiled.getOptionsDiagnostics(), ...own.flatMap((source) => [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)])];
  return errors.map((error) => {
    const at = error.file ? `${error.file.fileName.slice(consumer.folder.length + 1)}: ` : '';
    return `${at}${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`;
  });
}
