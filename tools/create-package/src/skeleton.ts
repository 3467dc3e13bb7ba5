import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Names } from './names.js';

/** What to make. */
export interface Request {
  readonly names: Names;
  /** One line. */
  readonly description: string;
}

/** A description as a sentence in other text. */
export const sentence = (description: string): string => (/[.!?]$/.test(description) ? description : `${description}.`);

/** JSON formatted like the files of the workspace. */
export const text = (json: unknown): string => `${JSON.stringify(json, null, 2)}\n`;

/** Path -> text. */
export type Files = Readonly<Record<string, string>>;

const folder = fileURLToPath(new URL('../skeleton', import.meta.url));

/** The skeleton is a working transport; these names in it are replaced. */
const OWN: Names = { folder: 'transport-carrier-pigeon', short: 'carrier-pigeon', identifier: 'carrierPigeon' };

function read(): [path: string, text: string][] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
}

/** The files of a package that are not made from elsewhere: sources, tests, README, configuration. */
export function skeletonFiles({ names, description }: Request): Files {
  const rename = (text: string) => text.replaceAll(OWN.short, names.short).replaceAll(OWN.identifier, names.identifier);
  // Functions, because in a replacement text `$&` and the like would be instructions.
  return Object.fromEntries(read().map(([path, text]) => [rename(path), rename(text).replace('<description>', () => sentence(description))]));
}

const COMMENT = /\/\*[^]*?\*\/|\/\/.*$/gm;
const PROGRAM = /^```js\n(.*?)^```$/gms;

/** Every word of the skeleton's code, including its README's example, and its files: a transport that exported one of them might collide with it. */
export function usedNames(): ReadonlySet<string> {
  const code = read().flatMap(([path, text]) => (path.endsWith('.md') ? [...text.matchAll(PROGRAM)].map(([, program]) => program) : [text]));
  const words = code.flatMap((text) => text.replace(COMMENT, '').match(/\w+/g) ?? []);
  const names = read().map(([path]) => basename(path).split('.')[0]);
  return new Set([...words, ...names].filter((word) => word !== OWN.identifier));
}
