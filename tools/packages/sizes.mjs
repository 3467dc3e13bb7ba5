// What size-limit measures, from size-budgets.json: bytes of the build, after minifying and gzip.
//   node tools/packages/sizes.mjs [PACKAGE...]     sets the budgets of all entries, or of these packages, a little above their sizes
//   node tools/packages/sizes.mjs bundles          sets those of bundles, and writes them into README.md
//   node tools/packages/sizes.mjs measured         prints the sizes of bundles, as JSON: what the site shows
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifests, sources } from './layers.mjs';

const file = new URL('size-budgets.json', import.meta.url);
const root = new URL('../../', import.meta.url);
/** `entries`: own code only. `bundles`: promised sizes in a user's bundle, with all dependencies: README.md has them. */
const budgets = JSON.parse(readFileSync(file, 'utf8'));

function built(entry) {
  if (!sources[entry]) throw new Error(`size-budgets.json: ${entry} is no entry of any package`);
  const url = new URL(sources[entry].replace('/src/', '/dist/').replace(/\.ts$/, '.js'), root);
  if (!existsSync(url)) throw new Error(`${entry} is not built: run \`pnpm turbo run build\` first`);
  return fileURLToPath(url);
}

/** What bundlers get: the file of the condition `import`. */
function bundled(entry) {
  const [, folder, ...rest] = entry.split('/');
  return resolve(dirname(built(entry)), basename(manifests[folder].exports[['.', ...rest].join('/')].import));
}

const check = (name, entry, bytes, esbuild, more) => ({
  name, path: built(entry), limit: bytes === undefined ? undefined : `${bytes} B`, gzip: true, ...more,
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', target: 'es2022', logLevel: 'error', ...esbuild }),
});

const own = (entry) => check(entry, entry, budgets.entries[entry], { packages: 'external', platform: 'neutral' });

/** A program that imports these names of these entries, and nothing of Node's. */
function bundle(name, { imports, max }) {
  const [[first]] = Object.entries(imports);
  const paths = Object.fromEntries(Object.entries(imports).map(([entry, names]) => [bundled(entry), names]));
  return check(name, first, max, { platform: 'browser', external: ['node:*'] }, { import: paths });
}

/** For size-limit. */
export function checks() {
  const missing = Object.keys(sources).filter((entry) => !(entry in budgets.entries));
  if (missing.length > 0) throw new Error(`size-budgets.json has no budget for ${missing.join(', ')}: run \`node tools/packages/sizes.mjs\` with the package's name`);
  const bundles = Object.entries(budgets.bundles).map(([name, made]) => bundle(name, made));
  return [...Object.keys(budgets.entries).map(own), ...bundles];
}

/** How far above the measured size a new budget is set. */
const ROOM = 1.1;
const STEP = 10;

/** Bytes of a kB. */
const KB = 1000;
const BUNDLE_ROOM = 1.02;

/** `under 42 kB`: what README.md says of a bundle. */
const promised = ({ max }) => `under ${Math.ceil(max / KB)} kB`;

/** The row of a package in README.md: its size is the last cell. */
const rowOf = (name) => new RegExp(`^(\\| \\[${name.replace('@netstrata/', '')}\\]\\(.*\\| )under \\d+ kB( \\|)$`, 'm');

async function measure(one) {
  const { default: sizeLimit } = await import('size-limit');
  const plugins = await Promise.all(['file', 'esbuild'].map(async (name) => (await import(`@size-limit/${name}`)).default));
  const [{ size }] = await sizeLimit(plugins, { checks: [{ ...one, files: [one.path] }] });
  return size;
}

async function updateBundles() {
  const readme = new URL('README.md', root);
  let text = readFileSync(readme, 'utf8');
  for (const [name, made] of Object.entries(budgets.bundles)) {
    const size = await measure(bundle(name, made));
    made.max = Math.ceil((size * BUNDLE_ROOM) / KB) * KB;
    text = text.replace(rowOf(name), `$1${promised(made)}$2`);
    console.log(`${name}: ${size} bytes, ${promised(made)}`);
  }
  writeFileSync(readme, text);
}

async function printBundles() {
  const sizes = [];
  for (const [name, made] of Object.entries(budgets.bundles)) sizes.push({ name, bytes: await measure(bundle(name, made)) });
  console.log(JSON.stringify(sizes));
}

async function updateEntries(names) {
  const isNew = (entry) => names.length === 0 || names.some((name) => entry === name || entry.startsWith(`${name}/`));
  for (const entry of Object.keys(sources).filter(isNew)) {
    const size = await measure(own(entry));
    budgets.entries[entry] = Math.ceil((size * ROOM) / STEP) * STEP;
    console.log(`${entry}: ${size} bytes, the budget is now ${budgets.entries[entry]}`);
  }
  budgets.entries = Object.fromEntries(Object.keys(sources).flatMap((entry) => (entry in budgets.entries ? [[entry, budgets.entries[entry]]] : [])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  if (names.includes('measured')) await printBundles();
  else {
    if (names.includes('bundles')) await updateBundles();
    else await updateEntries(names);
    writeFileSync(file, `${JSON.stringify(budgets, null, 2)}\n`);
  }
}
