import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';

const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
// Programs for Node are run with the examples of all documents.
const blocks = [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code).filter((code) => !code.includes("from 'node:"));

type Names = Readonly<Record<string, unknown>>;
const load = (entry: string) => import(entry === '' ? '../src/index.js' : `../src${entry}/index.js`) as Promise<Names>;

/** Each expression that has a comment after it, as it shows, and that comment. */
async function shown(code: string): Promise<[string, string][]> {
  const names: Record<string, unknown> = {};
  for (const [, list, entry] of code.matchAll(/^import \{ (.+) \} from '@netstrata\/ip-utils(.*)';$/gm)) {
    const loaded = await load(entry);
    for (const name of list.split(', ')) names[name] = loaded[name];
  }
  const body = code.replace(/^import .+$/gm, '').replace(/^(?!const )(.+); \/\/ (.+)$/gm, (_, expression: string, said: string) => `seen.push([${expression}, ${JSON.stringify(said)}]);`);
  const seen: [unknown, string][] = [];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  (new Function('seen', ...Object.keys(names), body) as (...args: unknown[]) => void)(seen, ...Object.values(names));
  return seen.map(([value, said]) => [inspect(value, { breakLength: Infinity }), said]);
}

it('every comment after an expression is its value, perhaps with a word of why', async () => {
  const all = (await Promise.all(blocks.map(shown))).flat();
  expect(all.length).toBe([...blocks.join('').matchAll(/; \/\/ /g)].length);
  expect(all.length).toBeGreaterThan(30);
  for (const [value, said] of all) expect(said === value || said.startsWith(`${value}: `), `${value}, not ${said}`).toBe(true);
});
