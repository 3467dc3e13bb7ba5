import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report, Result } from '@netstrata/report';
import { KNOWN, knownOf } from './known.js';
import { root } from './paths.js';
import { run } from './run.js';
import { addAll, begin } from './suite.js';

/** The packages whose own tests run on Bun and Deno too, with vitest, on the sources. */
const PACKAGES = ['stream-core', 'net-compat'] as const;

/** A test that waits for what never comes takes so long; those that are known to are skipped. */
const LIMIT_MS = 60_000;

/** What vitest's reporter writes. */
interface Outcome {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Every test by its file, describes and title. A file that does not load is a failure, and so is a run that ends before it has written. */
export function resultsOf(text: string | null, folder: string, detail: string): Result[] {
  if (text === null) return [{ name: 'runs to its end', status: 'failed', detail }];
  const { testResults } = JSON.parse(text) as Outcome;
  const results = testResults.flatMap(({ name, status, message, assertionResults }): Result[] => {
    const file = name.slice(folder.length + 1);
    if (assertionResults.length === 0 && status === 'failed') return [{ name: file, status, detail: message ?? '' }];
    return assertionResults.map((test) => ({
      name: [file, ...test.ancestorTitles, test.title].join(' > '),
      status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
      ...(test.failureMessages?.length && { detail: test.failureMessages.join('\n') }),
    }));
  });
  return results.length > 0 ? results : [{ name: 'has tests', status: 'failed', detail }];
}

/**
 * The packages' own tests on a runtime. Those in test/programs are left out: they start Node with flags of its own; how programs end
 * there, and what they load, the suites test.
 */
export async function packageTests(report: Report, label: string, file: string, args: readonly string[]): Promise<void> {
  for (const name of PACKAGES) {
    const folder = join(root, 'packages', name);
    const output = mkdtempSync(join(tmpdir(), 'netstrata-tests-'));
    const written = join(output, 'results.json');
    const place = { label, suite: `tests of ${name}`, driver: 'default' } as const;
    const started = begin(place);
    // Read by the preset of vitest.
    const hanging = knownOf(KNOWN, place).filter(({ crashes }) => crashes).map(({ test }) => test);
    const flags = [`--testTimeout=${LIMIT_MS}`, `--hookTimeout=${LIMIT_MS}`, '--exclude=test/programs/**'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${written}`];
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const outcome = await run(file, [...args, vitest, 'run', '--root', folder, ...flags, ...reporters], { cwd: folder, env: { NETSTRATA_SKIP: JSON.stringify(hanging) } });
    const text = existsSync(written) ? readFileSync(written, 'utf8') : null;
    addAll(report, place, resultsOf(text, folder, `exit code ${outcome.code}\n${outcome.output.slice(-2000)}`), performance.now() - started);
    rmSync(output, { recursive: true });
  }
}
