import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a fixture, which runs on the built package, prints. Warnings of Node's are left out. */
export function run(fixture: string, args: string[], env: Record<string, string | undefined> = {}, execArgv: string[] = []): Promise<string> {
  const file = fileURLToPath(new URL(`../fixtures/${fixture}.mjs`, import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...execArgv, file, ...args], { env: { ...process.env, NETSTRATA_DRIVER: '', ...env } }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}${stderr}`));
      else resolve(stdout.trim());
    });
  });
}
