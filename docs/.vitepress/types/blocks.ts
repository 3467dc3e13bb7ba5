import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { documents, root } from '../pages.js';
import { whyNotTyped } from './not-typed.js';
import type { Language } from './compile.js';

/** A block of code of a document. */
export interface DocumentBlock {
  readonly file: string;
  readonly code: string;
  readonly language: Language;
}

const isSignature = (file: string, language: string): boolean => language === 'ts' && file.startsWith('docs/reference/');

/** Whether the names of a block get types: signatures in the reference are no programs, and what shows a source is a file of its own. */
export function isTyped(file: string, code: string, language: string): language is Language {
  if ((language !== 'js' && language !== 'ts') || file.startsWith('docs/source/')) return false;
  return !isSignature(file, language) && whyNotTyped(file, code, language) === undefined;
}

/** The blocks of a document in JavaScript or TypeScript, those in lists too. */
export function programsOf(file: string): DocumentBlock[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(/^( *)```(js|ts)\n(.*?)\n\1```$/gms)]
    .map(([, indent, language, code]) => ({ file, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''), language: language as Language }));
}

/** Every block that gets types, of every page. */
export function typedBlocks(): DocumentBlock[] {
  const folder = join(root, 'docs/reference');
  const reference = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const files = [...documents(), ...reference.filter((file) => file.endsWith('.md')).map((file) => `docs/reference/${file.replaceAll('\\', '/')}`)];
  return files.flatMap(programsOf).filter(({ file, code, language }) => isTyped(file, code, language));
}
