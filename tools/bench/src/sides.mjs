import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeOf } from '../../runtimes/binaries.mjs';

/**
 * @typedef {object} Side what is measured in turn with others
 * @property {string} name
 * @property {string[]} command how its runtime starts a program
 * @property {boolean} isNode
 * @property {string | null} folder from where the packages of netstrata are found; null for the runtime's own node:net
 */

const others = [
  { name: 'Bun', program: /** @type {const} */ ('bun'), args: ['run'], evaluate: ['-e'] },
  { name: 'Deno', program: /** @type {const} */ ('deno'), args: ['run', '--quiet', '--allow-all', '--no-lock', '--node-modules-dir=manual', '--v8-flags=--expose-gc'], evaluate: ['eval'] },
];

const otherOf = (/** @type {string} */ runtime) => others.find(({ program }) => program === parse(runtime).name);

/** @param {string} runtime the binary */
export const nameOf = (runtime) => otherOf(runtime)?.name ?? 'Node';

/** @param {string} runtime the binary of a Node, of Bun or of Deno @returns {Pick<Side, 'command' | 'isNode'>} */
function commandOf(runtime) {
  const other = otherOf(runtime);
  return { command: [runtime, ...(other?.args ?? ['--expose-gc'])], isNode: other === undefined };
}

/** @param {string} runtime @returns {Side} */
export const builtin = (runtime) => ({ name: 'node:net', ...commandOf(runtime), folder: null });

/** @param {string} name @param {string} runtime @param {string} tree the root of a working tree @returns {Side} */
export const netstrata = (name, runtime, tree) => ({ name, ...commandOf(runtime), folder: join(tree, 'packages/net-compat') });

/** The node:net of Bun and of Deno, if they are there already: installed by tools/runtimes, or on the PATH. @returns {{ sides: Side[], missing: string[] }} */
export function otherRuntimes() {
  /** @type {Side[]} */
  const sides = [];
  const missing = [];
  for (const { name, program, args } of others) {
    const places = [placeOf(program), ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program))];
    const file = places.find((place) => existsSync(place));
    if (file) sides.push({ name, command: [file, ...args], isNode: false, folder: null });
    else missing.push(`${name} is left out, for it is not installed: npm run runtime ${program}`);
  }
  return { sides, missing };
}

/** The version that a side reports. @param {Side} side */
export function version({ command: [file] }) {
  return execFileSync(file, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0].split(' (')[0];
}

/** @type {Map<string, string>} */
const found = new Map();

/** What a side imports in place of `specifier` of netstrata's packages. @param {Side} side @param {string} specifier */
export function moduleOf({ folder, command: [file] }, specifier) {
  if (folder === null) return 'node:net';
  const key = `${file} ${folder} ${specifier}`;
  let url = found.get(key);
  if (!url) {
    // Resolved in the folder, because the location of the importing module decides, and by the runtime: Node gets another file than the others.
    url = execFileSync(file, [...(otherOf(file)?.evaluate ?? ['--input-type=module', '-e']), `console.log(import.meta.resolve('${specifier}'))`], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
    if (!existsSync(fileURLToPath(url))) throw new Error(`${specifier} is not built: npm run build`);
    found.set(key, url);
  }
  return url;
}

/** When the newest file in a folder was written, declarations left out; 0 if there is none. @param {string} folder */
function newest(folder) {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(0, ...files.filter((file) => !/\.(d\.c?ts|tsbuildinfo)$/.test(file)).map((file) => statSync(join(folder, file)).mtimeMs));
}

/** The packages of a tree whose sources are newer than their build. @param {string} tree */
export function outdated(tree) {
  const folder = join(tree, 'packages');
  return readdirSync(folder).filter((name) => newest(join(folder, name, 'src')) > newest(join(folder, name, 'dist')));
}
