import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, inject, it } from 'vitest';
import { folders, sources } from '../../layers.mjs';

const consumers = inject('consumers');
const { Node16, NodeNext, ESNext } = ts.ModuleKind;

/** Ways of writing and resolving: ES modules and CommonJS, as the file's name says, and what a bundler takes. */
const modes: readonly (readonly [string, readonly string[], ts.CompilerOptions])[] = [
  ['node16', ['consumer.mts', 'consumer.cts'], { module: Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }],
  ['nodenext', ['consumer.mts', 'consumer.cts'], { module: NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
  ['bundler', ['consumer.ts'], { module: ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
];

/** A use of every entry that fails to compile when the types of one are not found, or are `any`. */
const program = (entries: readonly string[]) => entries.map((entry, index) => `import * as entry${index} from '${entry}';
type Names${index} = keyof typeof entry${index};
export const typed${index}: 0 extends 1 & typeof entry${index} ? never : Names${index}[] = [];
`).join('');

/** Where this package's own `@types/node` is: consumers on Node have one too. */
const typeRoots = [dirname(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))];

/** Separate versions: otherwise the compiler would treat a package that many have as one, and resolve its imports where it is installed for another. */
function apart(host: ts.CompilerHost): ts.CompilerHost {
  const read = (file: string) => host.readFile(file);
  return { ...host, readFile: (file) => (file.endsWith('package.json') ? read(file)?.replace(/"version": *"/, (found) => found + file.replace(/\W/g, '.')) : read(file)) };
}

/** What the compiler finds in one program over some packages, each used where it is installed, and in the declarations that are reached. */
function problems(packages: readonly string[], files: readonly string[], options: ts.CompilerOptions, types: string[]): string[] {
  const paths = packages.flatMap((folder) => files.map((file) => join(consumers, folder, file)));
  for (const path of paths) writeFileSync(path, program(Object.keys(sources).filter((entry) => entry.split('/')[1] === dirname(path).slice(consumers.length + 1))));
  const all: ts.CompilerOptions = { ...options, strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts'], types, typeRoots };
  const compiled = ts.createProgram(paths, all, apart(ts.createCompilerHost(all)));
  const own = compiled.getSourceFiles().filter(({ fileName }) => fileName.startsWith(consumers));
  expect(paths.filter((path) => !own.some(({ fileName }) => fileName === path))).toEqual([]);
  const errors = [...compiled.getOptionsDiagnostics(), ...own.flatMap((source) => [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)])];
  return errors.map(({ file, messageText }) => `${file?.fileName.slice(consumers.length + 1) ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

/** With NETSTRATA_QUICK=1 without `node16`, which attw asks about too. */
const some = modes.filter(([name]) => process.env.NETSTRATA_QUICK !== '1' || name !== 'node16');

it.each(some)('a program that uses every entry of every package compiles: %s', (_, files, options) => {
  expect(problems(folders.filter((folder) => folder !== 'ip-utils'), files, options, ['node'])).toEqual([]);
});

it.each(some)('one that uses ip-utils needs no types of Node: %s', (_, files, options) => {
  expect(problems(['ip-utils'], files, options, [])).toEqual([]);
});
