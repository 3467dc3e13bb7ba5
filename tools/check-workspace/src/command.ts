import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Outcome {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Longer than any of them takes, by far, for most say nothing until they are done. Less than the gate waits for a word, so that what hangs is named. */
const LIMIT_MS = 5 * 60_000;

/** Runs a command to its end, without a shell's help except where npm's commands are scripts of one. */
export function command(file: string, args: readonly string[], { cwd, env = {} }: CommandOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32' && file !== process.execPath;
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], shell, timeout: LIMIT_MS });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output });
    });
  });
}

/** The pnpm that the root's manifest names, through npx: what `npm test` uses too. */
export function pnpm(root: string): readonly [string, ...string[]] {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  return ['npx', '--yes', packageManager];
}
