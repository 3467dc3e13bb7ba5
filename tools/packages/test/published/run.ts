import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Outcome { readonly stdout: string; readonly stderr: string; readonly code?: number; readonly signal?: string | null }
const failed = ({ stdout, stderr, code, signal }: Outcome): Outcome => ({ stdout, stderr: `${stderr}\nended by ${signal ?? code}` });

/** The output of a program under Node, from both streams, and how it ended if it failed. */
export async function node(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd, env: { ...process.env, NODE_OPTIONS: '', ...env } }).catch(failed);
  // Without the lines of bundles, which may be a single one.
  return (stdout + stderr).split('\n').filter((line) => line.length < 200).join('\n');
}

export const program = (name: string): string => fileURLToPath(new URL(`../../programs/${name}`, import.meta.url));
