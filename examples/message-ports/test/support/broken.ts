import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Transport } from '@netstrata/transport';
import { compliance } from '@netstrata/transport/compliance';
import type { Mistake } from './tutorial.js';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const work = fileURLToPath(new URL('..', import.meta.url));

interface Made {
  readonly overPorts: (trunk: MessagePort) => Transport;
}

/** Puts the new lines of a diff in the place of the old ones, in the one source that has them. */
function apply(folder: string, { before, after }: Mistake): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const having = files.filter((file) => readFileSync(file, 'utf8').split(before).length === 2);
  if (having.length !== 1) throw new Error(`${having.length} sources have, once:\n${before}`);
  writeFileSync(having[0], readFileSync(having[0], 'utf8').replace(before, () => after));
}

/** What the tests of the given titles say of the transport with a mistake in it. */
export async function failuresOf(mistake: Mistake, timeoutMs: number): Promise<string[]> {
  const folder = mkdtempSync(join(work, 'broken-'));
  try {
    cpSync(src, folder, { recursive: true });
    apply(folder, mistake);
    const { overPorts } = (await import(join(folder, 'index.ts'))) as Made;
    return await run(overPorts, mistake.tests, timeoutMs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(overPorts: Made['overPorts'], titles: readonly string[], timeoutMs: number): Promise<string[]> {
  const tests = new Map<string, () => Promise<void>>();
  const { port1, port2 } = new MessageChannel();
  let names = 0;
  const runner = { describe: (_: string, body: () => void) => body(), it: (title: string, body: () => Promise<void>) => tests.set(title, body) };
  compliance(runner, { transport: overPorts(port1), listening: overPorts(port2), listenEndpoint: () => ({ path: `name-${++names}` }), timeoutMs });
  const failures: string[] = [];
  for (const title of titles) {
    const test = tests.get(title);
    if (!test) throw new Error(`the suite has no test "${title}"`);
    await test().then(
      () => failures.push(`${title}\n  it passes`),
      (error: unknown) => failures.push(`${title}\n  ${(error as Error).message}`),
    );
  }
  port1.close();
  return failures;
}
