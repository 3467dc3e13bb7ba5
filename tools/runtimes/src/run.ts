import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

export interface Outcome {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may print nothing. */
  readonly quietMs?: number;
}

/** A slow program prints something now and then, a hanging one does not. Half of the gate's limit, so that this tool can report which program it was. */
const SILENCE_MINUTES = Number(process.env.NETSTRATA_SILENCE ?? 10) / 2;

/** How often at most we report that something is still running. */
const NEWS_MS = 60_000;

const clean = (text: string) => text.replace(/[ \r]+$/gm, ''); // wine's console fills its lines

/** Watches a growing file: reports now and then that something came, and calls `onSilence` when nothing does. Returns a function that stops it. */
function watch(fd: number, log: string, quietMs: number, onSilence: () => void): () => void {
  const every = Math.min(1000, quietMs / 10);
  let [size, quiet, untold] = [0, 0, 0];
  const timer = setInterval(() => {
    const now = fstatSync(fd).size;
    untold += every;
    quiet = now === size ? quiet + every : 0;
    size = now;
    if (quiet >= quietMs) onSilence();
    else if (quiet === 0 && untold >= NEWS_MS) {
      untold = 0;
      console.log(`    … ${clean(readFileSync(log, 'utf8')).trim().split('\n').at(-1)}`);
    }
  }, every);
  return () => clearInterval(timer);
}

/**
 * Runs a command for as long as it prints something. Its output goes into a file and its input comes from the null device: under wine a pipe as
 * standard output breaks Node's console, and a file always keeps the output before a crash.
 */
export async function run(file: string, args: readonly string[], { cwd, env = {}, quietMs = SILENCE_MINUTES * 60_000 }: RunOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-run-'));
  const log = join(folder, 'output');
  const fd = openSync(log, 'w') as 3; // execa's types know the numbers from 3 to 9
  try {
    const child = execa(file, args, { cwd, env, stdin: 'ignore', stdout: fd, stderr: fd, reject: false });
    let why = '';
    const unwatch = watch(fd, log, quietMs, () => {
      why = `, for it said nothing for ${quietMs / 1000} s (NETSTRATA_SILENCE=${SILENCE_MINUTES * 4} makes that ${SILENCE_MINUTES * 2} minutes)`;
      child.kill('SIGKILL');
    });
    const { exitCode, signal, originalMessage } = await child;
    unwatch();
    const output = clean(readFileSync(log, 'utf8'));
    return exitCode === undefined ? { code: 1, output: `${output}\n${signal ? `ended by ${signal}${why}` : originalMessage}` } : { code: exitCode, output };
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  }
}
