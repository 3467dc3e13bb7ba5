import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPrograms, unpackedProgram } from '@netstrata/integration/src/servers/programs.mjs';

/** The programs, and the Debian package of each. */
const PACKAGES = {
  microsocks: 'microsocks',
  danted: 'dante-server',
  ssh: 'openssh-client',
  sshd: 'openssh-server',
  'ssh-keygen': 'openssh-client',
  haproxy: 'haproxy',
  // With nginx itself.
  nginx: 'libnginx-mod-stream',
  // With HashiCorp's yamux, in source.
  go: 'golang-go golang-github-hashicorp-yamux-dev',
  // For the page of examples/browser.
  chromium: 'chromium',
  postgres: 'postgresql',
  'redis-server': 'redis-server',
  mosquitto: 'mosquitto',
};

const cache = fileURLToPath(new URL('../node_modules/.cache/programs/', import.meta.url));

/**
 * A program of the system's, or of Debian's package, which is unpacked into a folder once.
 * @param {keyof typeof PACKAGES} name
 * @returns {Promise<{ file: string, env: Record<string, string> } | string>} where it is, or why it is not
 */
export async function programOf(name) {
  const folder = join(cache, name);
  const unpacked = unpackedProgram(name, folder);
  if (unpacked !== null) return unpacked;
  const fresh = join(cache, `${name}-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  const found = (await findPrograms({ [name]: PACKAGES[name] }, fresh))[name];
  try {
    if (typeof found !== 'string' && found.file.startsWith(fresh)) renameSync(fresh, folder);
  } catch {
    // Another process was quicker.
  }
  rmSync(fresh, { recursive: true, force: true });
  return unpackedProgram(name, folder) ?? found;
}

/** Gets all of them, for later. Returns why some are not available. */
export async function installPrograms() {
  const reasons = [];
  for (const name of Object.keys(PACKAGES)) {
    const found = await programOf(name);
    if (typeof found === 'string') reasons.push(`${name}: ${found}`);
  }
  return reasons;
}
