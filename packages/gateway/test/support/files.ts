import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A folder for one test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'netstrata-gateway-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file for one test, which only its owner can read. */
export function file(text: string, name = 'file', mode = 0o600): string {
  const path = join(folder(), name);
  writeFileSync(path, text, { mode });
  return path;
}

/** One of two certificates for localhost, and its key. */
export const certificate = (name: 'first' | 'second', part: 'pem' | 'key.pem'): string =>
  fileURLToPath(new URL(`../certificates/${name}.${part}`, import.meta.url));
