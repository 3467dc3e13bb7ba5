import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Outcome {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it when it has said nothing for so long; how long it takes in all depends on the machine. */
  readonly quietMs?: number;
}

/**
 * Runs a command to its end. Its output goes into a file and its input comes from the null device: under wine a pipe as
 * standard output breaks Node's console, and everywhere a file keeps what was said before a crash.
 */
export async function run(file: string, args: readonly string[], { cwd, env = {}, quietMs = 300_000 }: RunOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-run-'));
  const log = join(folder, 'output');
  const fd = openSync(log, 'w');
  try {
    const code = await new Promise<string | number>((resolve) => {
      const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', fd, fd] });
      let heard = 0;
      let since = performance.now();
      const watch = setInterval(() => {
        const { size } = fstatSync(fd);
        if (size !== heard) since = performance.now();
        else if (performance.now() - since > quietMs) child.kill('SIGKILL');
        heard = size;
      }, Math.min(1000, quietMs / 4));
      child.once('exit', () => clearInterval(watch)).once('error', () => clearInterval(watch));
      child.on('error', (error) => resolve(error.message));
      child.on('close', (exit, signal) => resolve(exit ?? `ended by ${signal}`));
    });
    const output = readFileSync(log, 'utf8').replace(/[ \r]+$/gm, ''); // wine's console fills its lines
    return typeof code === 'number' ? { code, output } : { code: 1, output: `${output}\n${code}` };
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  }
}
