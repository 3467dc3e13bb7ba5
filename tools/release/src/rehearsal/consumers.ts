import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sources } from '../../../packages/layers.mjs';
import type { Block } from '../../../../examples/readme/test/support/blocks.js';
import { exceptionOf } from '../programs/exceptions.js';
import { examples, fileNameOf } from '../programs/examples.js';
import { packagesOf, programsOf, type Program } from '../programs/forms.js';
import { here, type Runtime } from '../programs/runtimes.js';
import { root } from '../root.js';
import type { Project } from './managers.js';
import { run, type Outcome } from './run.js';

/** What makes Node find packages in a project that has no node_modules. */
const flagsOf = ({ manager }: Project): readonly string[] => (manager === 'yarn pnp' ? ['--require', './.pnp.cjs', '--experimental-loader', './.pnp.loader.mjs', '--no-warnings'] : []);

/** Puts a program of ours into a project and runs it there. Returns problems. */
export async function runOurs(project: Project, name: 'loads.mjs' | 'two-copies.mjs', ...args: readonly string[]): Promise<string[]> {
  copyFileSync(join(root, 'tools/release/consumers', name), join(project.folder, name));
  const { ok, output } = await run(process.execPath, [...flagsOf(project), name, ...args], { cwd: project.folder });
  return ok ? [] : [output];
}

/** Every entry of these packages loads, by import and by require. */
export function loads(project: Project, names: readonly string[]): Promise<string[]> {
  const isOf = (entry: string) => names.some((name) => entry === name || entry.startsWith(`${name}/`));
  const last = (entry: string) => Number(entry.endsWith('/register'));
  return runOurs(project, 'loads.mjs', ...Object.keys(sources).filter(isOf).sort((one, other) => last(one) - last(other)));
}

/** An example in one of its forms, in one place. */
export interface Trial {
  readonly block: Block;
  readonly program: Program;
  readonly runtime: Runtime;
}

/** Runtimes show objects in other quotes, and over other lines. */
const plain = (text: string): string => text.replace(/\s+/g, '').replaceAll('"', "'").replace(/,(?=[}\]])/g, '');

/** What is wrong with what a program did: it has to end by itself, and to print what it says. */
export function judge({ prints }: Pick<Block, 'prints'>, { ok, output }: Outcome): string[] {
  if (!ok) return [output || 'it failed without a word'];
  const lines = output.split('\n');
  const isThere = (line: string) => lines.includes(line) || (/[{[]/.test(line) && plain(output).includes(plain(line)));
  return prints.filter((line) => !isThere(line)).map((line) => `it did not print ${JSON.stringify(line)}, but:\n${output}`);
}

/** The same, where it may be known not to run: then it must not. */
export function expected(block: Block, where: string, problems: string[]): string[] {
  const exception = exceptionOf(block, where);
  if (exception === undefined) return problems;
  return problems.length > 0 ? [] : [`exceptions.json says that it does not run in ${where} (${exception.reason}), and it does`];
}

/** Every example in its forms. `names`: only those that need nothing else. */
export function trials(runtimes: readonly Runtime[], names?: readonly string[]): Trial[] {
  const isPossible = ({ code }: Block) => names === undefined || (packagesOf(code).length > 0 && packagesOf(code).every((name) => names.includes(name)));
  return runtimes.flatMap((runtime) => examples.filter(isPossible).flatMap((block) => programsOf(block).map((program) => ({ block, program, runtime }))));
}

export const titleOf = ({ block, program, runtime }: Trial): string => `${block.file}:${block.line} by ${program.form}, ${runtime.name}`;

/** Runs an example in a project. Returns problems. */
export async function attempt(project: Project, { block, program, runtime }: Trial): Promise<string[]> {
  const file = `${fileNameOf(block)}${program.extension}`;
  writeFileSync(join(project.folder, file), program.code);
  const [command, ...args] = runtime.command;
  const flags = runtime === here ? flagsOf(project) : [];
  return expected(block, runtime.name, judge(block, await run(command, [...args, ...flags, file], { cwd: project.folder })));
}
