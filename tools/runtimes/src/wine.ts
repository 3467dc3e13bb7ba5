import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.js';

export interface Wine {
  readonly file: string;
  /** The environment for programs under it. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends what is left running under it and removes its files. */
  readonly close: () => Promise<void>;
}

/** The executable: the Debian package leaves it off PATH. */
async function find(): Promise<string | null> {
  const { code, output } = await run('dpkg', ['-L', 'wine64'], { cwd: '.' });
  const file = code === 0 ? output.split('\n').find((line) => line.endsWith('/wine64') && line.startsWith('/usr/lib/')) : undefined;
  return file !== undefined && existsSync(file) ? file : null;
}

/** Installs wine if we may: as root on Debian. Returns why it did not work, or null. */
export async function installWine(): Promise<string | null> {
  if ((await find()) !== null) return null;
  if (!existsSync('/etc/debian_version')) return 'wine64 is installed on Debian only';
  if (process.getuid?.() !== 0) return 'wine64 is not installed: apt-get install --no-install-recommends wine64';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'wine64']]) {
    const { code, output } = await run('apt-get', ['--quiet', ...args], { cwd: '/', env });
    if (code !== 0) return `wine64 could not be installed: ${output.trim().split('\n').at(-1)}`;
  }
  return null;
}

/** Wine with its own Windows folder, or the reason why there is none. */
export async function openWine(): Promise<Wine | string> {
  const reason = await installWine();
  if (reason !== null) return reason;
  const file = await find();
  if (file === null) return 'wine64 is installed, but its program was not found';
  const prefix = mkdtempSync(join(tmpdir(), 'netstrata-wine-'));
  const env = {
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    NODE_SKIP_PLATFORM_CHECK: '1', // wine's default Windows is older than Node accepts
  };
  return {
    file,
    env,
    async close() {
      // Only the server of this prefix, and what runs under it.
      await run(file.replace(/wine64$/, 'wineserver64'), ['-k', '-w'], { cwd: '/', env });
      rmSync(prefix, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
