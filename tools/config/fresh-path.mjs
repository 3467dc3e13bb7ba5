import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder per process: the files of a suite share it, and each loads this module again. */
const key = Symbol.for('netstrata.tests.paths');

function begin() {
  if (process.platform === 'win32') return { folder: `\\\\.\\pipe\\netstrata-${process.pid}`, count: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // This is how vitest ends its workers, which then emit no 'exit'.
  process.once('SIGTERM', () => process.exit(143));
  return { folder, count: 0 };
}

/** A path that nobody listens on: a file in a folder that goes with this process, or a pipe name on Windows. */
export function freshPath() {
  const paths = (globalThis[key] ??= begin());
  // All of the same length: paths have a limit, and are included in counts of bytes.
  return join(paths.folder, `${String(++paths.count).padStart(5, '0')}.sock`);
}
