import { readFileSync } from 'node:fs';

/** Blocks that are no programs, and why. */
export interface NotTyped {
  readonly file: string;
  /** Some text of the block; every block in TypeScript of the file when not given. */
  readonly contains?: string;
  readonly reason: string;
}

export const notTyped = JSON.parse(readFileSync(new URL('not-typed.json', import.meta.url), 'utf8')) as readonly NotTyped[];

/** Why a block of a document has no types; undefined if it has. */
export function whyNotTyped(file: string, code: string, language: string): string | undefined {
  return notTyped.find((one) => one.file === file && (one.contains === undefined ? language === 'ts' : code.includes(one.contains)))?.reason;
}
