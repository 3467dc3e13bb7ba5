import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;
let count = 0;

/** A path that nobody listens on: a file in a folder of this process's own, or a pipe name on Windows. */
export function freshPath(): string {
  count++;
  if (process.platform === 'win32') return `\\\\.\\pipe\\netstrata-compat-${process.pid}-${count}`;
  if (folder === undefined) {
    const own = mkdtempSync(join(tmpdir(), 'netstrata-'));
    folder = own;
    process.once('exit', () => {
      rmSync(own, { recursive: true, force: true });
    });
  }
  // All of one length: paths have a limit, and show up in counts of bytes.
  return join(folder, `${String(count).padStart(5, '0')}.sock`);
}
