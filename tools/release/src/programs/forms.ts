import { transformSync } from 'esbuild';
import type { Block } from '../../../../examples/readme/test/support/blocks.js';

/** A program of its own, made of an example. */
export interface Program {
  /** `import` as it is written, or `require` in place of it. */
  readonly form: 'import' | 'require';
  readonly extension: '.mjs' | '.cjs';
  readonly code: string;
}

const IMPORT = /^import (?:([^'"]+?) from )?'([^']+)';(?: *\/\/.*)?$/gm;

/** `* as name`, `name` and `{ name, one as other }` in a declaration that requires. */
function binding(clause: string): string {
  const text = clause.trim().replace(/^\* as /, '');
  if (text.includes('}') && !text.startsWith('{')) throw new Error(`an import with a default and names together: ${clause}`);
  return text.replaceAll(/ as /g, ': ');
}

/** Whether there is an `await` outside of any function, which CommonJS has not. */
export function awaitsAtTop(code: string): boolean {
  try {
    transformSync(code, { format: 'cjs', logLevel: 'silent' });
    return false;
  } catch (error) {
    if (/top-level await/i.test(String(error))) return true;
    throw error;
  }
}

/** What somebody who uses CommonJS would write. Where there is an `await` at the top it stands in an async function. */
export function required(code: string): string {
  const head = [...code.matchAll(IMPORT)].map(([, clause, name]) => (clause === undefined ? `require('${name}');` : `const ${binding(clause)} = require('${name}');`));
  const body = code.replaceAll(IMPORT, '').trim();
  if (/^import\b/m.test(body)) throw new Error(`an import that cannot be translated:\n${body.slice(0, 200)}`);
  const main = awaitsAtTop(body) ? `(async () => {\n${body}\n})();` : body;
  return `${head.join('\n')}\n${main}\n`;
}

/** The programs of an example: it is written with `import`, or it is CommonJS already. */
export function programsOf({ code }: Pick<Block, 'code'>): Program[] {
  if (!/^import /m.test(code)) return [{ form: 'require', extension: '.cjs', code }];
  return [{ form: 'import', extension: '.mjs', code }, { form: 'require', extension: '.cjs', code: required(code) }];
}

/** The packages of ours that a program loads. */
export function packagesOf(code: string): string[] {
  return [...new Set([...code.matchAll(/'(@netstrata\/[\w-]+)[^']*'/g)].map(([, name]) => name))];
}
