import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from './workspace.js';

/** What a placeholder of template.json stands for: the problems of a value under it. */
type Rule = (value: unknown, manifest: Manifest) => string[];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** What `exports` has of one output: the files that the build makes of it, under the conditions that consumers ask by. */
interface Conditions {
  readonly import: { readonly types: string; readonly default: string };
  readonly require: unknown;
}

/** On Node, `import` may get a wrapper over what `require` gets, so that a process has one copy of every class. */
function nodeConditions(stem: string, { import: { types }, require }: Conditions) {
  return { import: { types, default: `./dist/${stem}.node.mjs` }, require };
}

/** An entry is its own output's files, as the template has them; a `node` condition, which must come first, wraps them. */
function entryProblems(entry: string, value: unknown, template: unknown): string[] {
  const stem = entry === '.' ? 'index' : entry.slice(2);
  if (!isRecord(value)) return [`exports["${entry}"] must have conditions`];
  const { node, ...rest } = value;
  const conditions = JSON.parse(JSON.stringify(template).replaceAll('<stem>', stem)) as Conditions;
  const problems: string[] = [];
  if (node !== undefined) {
    const wrapped = nodeConditions(stem, conditions);
    if (!sameInOrder(node, wrapped)) problems.push(`exports["${entry}"].node must be ${JSON.stringify(wrapped)}`);
    if (Object.keys(value)[0] !== 'node') problems.push(`exports["${entry}"].node must come first`);
  }
  if (!sameInOrder(rest, conditions)) problems.push(`exports["${entry}"] must be ${JSON.stringify(conditions)}`);
  return problems;
}

/** Equal with the same order of keys: in `exports` the first condition that fits is taken. */
function sameInOrder(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function exportsProblems(value: unknown, { '<entry>': conditions, ...fixed }: Record<string, unknown>): string[] {
  if (!isRecord(value)) return ['exports is missing'];
  const code = Object.entries(value).filter(([entry]) => !(entry in fixed));
  const problems = code.flatMap(([entry, own]) => entryProblems(entry, own, conditions));
  if (!('.' in value)) problems.push('exports has no "."');
  const other = Object.entries(fixed).filter(([entry, file]) => value[entry] !== file);
  return [...problems, ...other.map(([entry, file]) => `exports["${entry}"] must be ${JSON.stringify(file)}`)];
}

/** `workspace:^` for our own packages, `catalog:` for all others. */
function versionProblems(field: string, value: unknown, own: readonly string[]): string[] {
  if (!isRecord(value)) return [`${field} must be an object`];
  return Object.entries(value)
    .filter(([name, version]) => !(name.startsWith('@netstrata/') ? own : ['catalog:']).includes(version as string))
    .map(([name, version]) => `${field}["${name}"] is ${JSON.stringify(version)}, not ${name.startsWith('@netstrata/') ? own.join(' or ') : 'catalog:'}`);
}

const OPTIONAL = new Set(['<dependencies>', '<peers>']);

const PLACEHOLDERS: Readonly<Record<string, Rule>> = {
  '<version>': (value) => (isText(value) && /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(value) ? [] : ['version is not a version']),
  '<text>': (value) => (isText(value) ? [] : ['description is empty']),
  '<words>': (value) => (Array.isArray(value) && value.length > 0 && value.every(isText) ? [] : ['keywords must be a list of words']),
  '<side effects>': (value) => (value === false || (Array.isArray(value) && value.every((file) => isText(file) && file.startsWith('./dist/'))) ? [] : ['sideEffects must be false, or the files of dist that have some']),
  '<dependencies>': (value) => versionProblems('dependencies', value, ['workspace:^']),
  '<peers>': (value) => (isRecord(value) ? [] : ['peer dependencies must be an object']),
};

/** The problems of one field against what the template says about it. */
export function fieldProblems(field: string, template: unknown, manifest: Manifest): string[] {
  const value = manifest[field];
  const placeholder = typeof template === 'string' ? PLACEHOLDERS[template] : undefined;
  if (value === undefined) return OPTIONAL.has(template as string) ? [] : [`${field} is missing`];
  if (placeholder) return placeholder(value, manifest);
  if (field === 'exports' && isRecord(template)) return exportsProblems(value, template);
  if (field === 'devDependencies' && isRecord(template) && isRecord(value)) {
    const missing = Object.entries(template).filter(([name, version]) => value[name] !== version);
    return [
      ...missing.map(([name, version]) => `devDependencies["${name}"] must be ${JSON.stringify(version)}`),
      ...versionProblems('devDependencies', value, ['workspace:*', 'workspace:^']),
    ];
  }
  return isDeepStrictEqual(value, template) ? [] : [`${field} must be ${JSON.stringify(template)}`];
}
