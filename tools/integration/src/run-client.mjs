import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));

/** Much longer than any client takes, also on a slow machine. Less than the gate's limit on silence. */
const LIMIT_MS = 5 * 60_000;

/** The lines that a process wrote; the last one of a process that was killed may be half a line. */
function recordsIn(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/**
 * Runs a client in a separate process.
 * @param {string} client
 * @param {string} name of the lane
 * @param {{ args: string[], env: Record<string, string> }} lane
 * @param {{ runtime: string, where?: object }} options
 * @returns {Promise<{ records: any[], end: string, output: string }>}
 */
export async function runClient(client, name, lane, { runtime, where }) {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-integration-'));
  const results = join(folder, 'results.jsonl');
  const { NETSTRATA_DRIVER: _, ...outer } = process.env;
  const env = { ...outer, NETSTRATA_LANE: name, NETSTRATA_RESULTS: results, NETSTRATA_SERVER: JSON.stringify(where ?? null), ...lane.env };
  try {
    const child = spawn(runtime, [...lane.args, `clients/${client}.mjs`], { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    const end = await new Promise((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('close', (code, signal) => resolve(signal ? `ended by ${signal}: it did not end by itself in ${LIMIT_MS / 1000} s` : `exit code ${code}`));
    });
    return { records: recordsIn(results), end, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
