import { transform } from 'sucrase';
import { say } from './say.js';

type Require = (name: string) => unknown;
type Body = (require: Require, exports: Record<string, unknown>) => Promise<void>;

let url = '';

/** Runs a program, TypeScript or not, with the modules that it may import, and gives what it exports. */
export async function load(code: string, require: Require): Promise<Record<string, unknown>> {
  const { code: script } = transform(code, { transforms: ['typescript', 'imports'], preserveDynamicImport: false });
  // On the first line, so that the lines of errors are those of the editor.
  url = URL.createObjectURL(new Blob([`export default async (require, exports) => {${script}\n};`], { type: 'text/javascript' }));
  const { default: body } = await import(/* @vite-ignore */ url) as { default: Body };
  const exports: Record<string, unknown> = {};
  await body(require, exports);
  return exports;
}

/** The line of the program that an error comes from; null where it is none of it. */
function lineOf(error: unknown): number | null {
  const { loc, stack } = (error ?? {}) as { loc?: { line?: number }; stack?: unknown };
  if (typeof loc?.line === 'number') return loc.line;
  const at = typeof stack === 'string' && url !== '' ? stack.indexOf(`${url}:`) : -1;
  return at < 0 ? null : Number.parseInt((stack as string).slice(at + url.length + 1), 10);
}

/** What a world appends to a message is in the timeline, and what the compiler puts before it names no file. */
function messageOf(error: unknown): string {
  const { name, message, code } = (error ?? {}) as { name?: unknown; message?: unknown; code?: unknown };
  if (typeof message !== 'string') return `${String(error)} was thrown`;
  const text = message.split(/\n+seed: /)[0].replace(/^Error transforming [^:]*: /, '');
  const isCoded = typeof code === 'string' && !text.includes(code);
  return `${typeof name === 'string' ? name : 'Error'}${isCoded ? ` [${code}]` : ''}: ${text}`;
}

export function fail(error: unknown): void {
  say({ type: 'failed', message: messageOf(error), line: lineOf(error) });
}
