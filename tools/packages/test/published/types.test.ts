import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type ts from 'typescript';
import { compilerOf, hostOf, optionsOf, settings, show, type Setting } from '@netstrata/types/settings';
import { expect, inject, it } from 'vitest';
import { folders, manifests, sources } from '../../layers.mjs';

const consumers = inject('consumers');

/** A use of every entry that fails to compile when the types of one are not found, or are `any`. */
const program = (entries: readonly string[]) => entries.map((entry, index) => `import * as entry${index} from '${entry}';
type Names${index} = keyof typeof entry${index};
export const typed${index}: 0 extends 1 & typeof entry${index} ? never : Names${index}[] = [];
`).join('');

/** ES modules and CommonJS, as the file's name says; elsewhere what the compiler takes a file for. */
const namesOf = ({ resolution }: Setting): readonly string[] => (['node10', 'bundler'].includes(resolution) ? ['consumer.ts'] : ['consumer.mts', 'consumer.cts']);

/** Separate versions: otherwise the compiler would treat a package that many have as one, and resolve its imports where it is installed for another. */
function apart(host: ts.CompilerHost): ts.CompilerHost {
  const read = host.readFile.bind(host);
  return { ...host, readFile: (file) => (file.endsWith('package.json') ? read(file)?.replace(/"version": *"/, (found) => found + file.replace(/\W/g, '.')) : read(file)) };
}

/** Entries by the folders in which they are used. */
type Uses = ReadonlyMap<string, readonly string[]>;
const entries = Object.keys(sources);
const folderOf = (entry: string): string => entry.split('/')[1];

/** Each package by who has installed it alone. */
const alone: Uses = new Map(folders.map((folder) => [folder, entries.filter((entry) => folderOf(entry) === folder)]));

/** Packages that none of ours depends on: who has installed these has all. */
const tops = folders.filter((folder) => !folders.some((other) => manifests[folder].name in (manifests[other].dependencies ?? {})));
const hasInstalled = (folder: string, entry: string): boolean => existsSync(join(consumers, folder, 'node_modules/@netstrata', folderOf(entry)));
const together = (some: readonly string[]): Uses => new Map(tops.map((top, at) => [top, some.filter((entry) => tops.findIndex((one) => hasInstalled(one, entry)) === at)]));

/** For servers, on Node. */
const OF_NODE = ['@netstrata/gateway', '@netstrata/gateway/tokens'];
/** These take a `URL`, which a program has from the types of Node or of browsers. */
const TAKE_URLS = ['gateway', 'transport-socks', 'transport-websocket'];
const takesUrls = (entry: string): boolean => TAKE_URLS.includes(folderOf(entry));

/** What the compiler finds in one program, and in the declarations that it reaches, those of other packages among them. */
function problems(setting: Setting, uses: Uses, lib: readonly string[] = []): string[] {
  const compiler = compilerOf(setting);
  const known = optionsOf(compiler, setting);
  const options = { ...known, lib: [...known.lib!, ...lib] };
  const paths = [...uses].flatMap(([folder, some]) => namesOf(setting).map((file) => {
    const path = join(consumers, folder, file);
    writeFileSync(path, program(some));
    return path;
  }));
  const compiled = compiler.createProgram(paths, options, apart(hostOf(compiler, options, setting)));
  const own = compiled.getSourceFiles().filter(({ fileName }) => fileName.startsWith(consumers));
  expect(paths.filter((path) => !own.some(({ fileName }) => fileName === path))).toEqual([]);
  const errors = [...compiled.getOptionsDiagnostics(), ...own.flatMap((source) => [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)])];
  return errors.map(({ file, messageText }) => `${file?.fileName.slice(consumers.length + 1) ?? ''}: ${compiler.flattenDiagnosticMessageText(messageText, '\n')}`);
}

/** All entries where there are types of Node; without, those that are not of Node. */
function uses(setting: Setting): string[] {
  if (setting.node !== null) return problems(setting, together(entries));
  const some = entries.filter((entry) => !OF_NODE.includes(entry));
  return [...problems(setting, together(some.filter((entry) => !takesUrls(entry)))), ...problems(setting, together(some.filter(takesUrls)), ['lib.dom.d.ts'])];
}

const newest = settings.filter(({ node, resolution }) => node === 26 && resolution === 'nodenext').at(-1)!;

it('every package, where it alone is installed, has all that its types name', () => {
  expect(problems(newest, alone)).toEqual([]);
});

it.each(settings.map((setting) => [show(setting), setting] as const))('a program that uses every entry compiles with skipLibCheck: false, %s', (_, setting) => {
  expect(uses(setting)).toEqual([]);
});
