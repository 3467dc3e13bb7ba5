import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
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
  readonly timeoutMs?: number;
}

/**
 * Runs a command to its end. Its output goes into a file and its input comes from the null device: under wine a pipe as
 * standard output breaks Node's console, and everywhere a file keeps what was said before a crash.
 */
export async function run(file: string, args: readonly string[], { cwd, env = {}, timeoutMs = 180_000 }: RunOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-run-'));
  const log = join(folder, 'output');
  const fd = openSync(log, 'w');
  try {
    const code = await new Promise<string | number>((resolve) => {
      const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', fd, fd], timeout: timeoutMs, killSignal: 'SIGKILL' });
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
