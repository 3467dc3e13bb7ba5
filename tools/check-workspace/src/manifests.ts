import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import parseChangeset from '@changesets/parse';
import { fieldProblems } from './manifest-fields.js';
import type { Check, Package, Workspace } from './workspace.js';

export type Template = Record<string, unknown>;

const require = createRequire(import.meta.url);

/** The template by which create-package makes manifests. */
export function readTemplate(): Template {
  return JSON.parse(readFileSync(require.resolve('@netstrata/create-package/template.json'), 'utf8')) as Template;
}

/** The first field that stands before one that the template has earlier. */
function orderProblems(fields: readonly string[], order: readonly string[]): string[] {
  const known = fields.filter((field) => order.includes(field));
  const late = known.find((field, index) => index > 0 && order.indexOf(field) < order.indexOf(known[index - 1]));
  return late === undefined ? [] : [`${late} stands too late: the order is ${order.join(', ')}`];
}

function manifestProblems({ manifest, folder }: Package, template: Template): string[] {
  const fields = Object.keys(manifest);
  const order = Object.keys(template);
  const expected = { ...template, name: String(template.name).replace('<folder>', folder) };
  return [
    ...fields.filter((field) => !order.includes(field)).map((field) => `${field} is not in the template`),
    ...orderProblems(fields, order),
    ...Object.entries(expected).flatMap(([field, value]) => fieldProblems(field, value, manifest)),
  ];
}

/** What create-package puts beside a manifest: the licence of the root, and the files at the top of its skeleton. */
const SKELETON = dirname(require.resolve('@netstrata/create-package/skeleton/README.md'));
const FILES = ['LICENSE', ...readdirSync(SKELETON, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name)];

function fileProblems(root: string, { path }: Package): string[] {
  const missing = FILES.filter((file) => !existsSync(join(path, file))).map((file) => `${file} is missing`);
  const licenses = [root, path].map((folder) => join(folder, 'LICENSE')).filter((file) => existsSync(file));
  const texts = new Set(licenses.map((file) => readFileSync(file, 'utf8')));
  return texts.size > 1 ? [...missing, 'LICENSE differs from that of the root'] : missing;
}

/** The packages that a waiting changeset speaks of. */
function inChangesets(root: string): Set<string> {
  const folder = join(root, '.changeset');
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return new Set(files.flatMap((name) => parseChangeset(readFileSync(join(folder, name), 'utf8')).releases.map((release) => release.name)));
}

/** Every manifest follows the template, and what a published package needs stands beside it. */
export function manifestChecks({ root, packages }: Workspace, template: Template): Check[] {
  return packages.flatMap((one): Check[] => [
    { name: `manifest: ${one.folder}`, run: () => manifestProblems(one, template) },
    { name: `files: ${one.folder}`, run: () => fileProblems(root, one) },
    {
      name: `changelog: ${one.folder}`,
      run: () => (existsSync(join(one.path, 'CHANGELOG.md')) || inChangesets(root).has(one.manifest.name) ? [] : ['neither a CHANGELOG.md nor a changeset (pnpm changeset)']),
    },
  ]);
}
