import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the lockfile of the other runtimes is, and where they are installed. */
export const folder = fileURLToPath(new URL('binaries/', import.meta.url));

const FILES = {
  'node-22': 'bin/node',
  'node-24': 'bin/node',
  'node-26': 'bin/node',
  'node-windows': 'bin/node.exe',
  bun: 'bin/bun',
  deno: 'deno',
  workerd: 'bin/workerd',
};

export const RUNTIMES = Object.keys(FILES);

/** The majors of Node that the packages support. The oldest is not installed: it is the one that runs `npm test`. */
export const MAJORS = [20, 22, 24, 26];

const running = Number(process.versions.node.split('.')[0]);

/** The reason why no runtime can be had on this machine; null when they can.*/
export function unavailable(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64' ? null : `other runtimes are installed on linux x64 only, and this is ${platform} ${arch}`;
}

/** Where the executable of a runtime is once it is installed.*/
export const placeOf = (runtime) => join(folder, 'node_modules', runtime, FILES[runtime]);

/** The executable of a runtime; null when it is not installed.*/
export const binary = (runtime) => (existsSync(placeOf(runtime)) ? placeOf(runtime) : null);

/** Where a Node of the matrix is, installed or not, or why there can be none.*/
export function nodeOf(major) {
  if (major === running) return { file: process.execPath };
  if (major === MAJORS[0]) return { skip: `run it with Node ${major} for that` };
  const reason = unavailable();
  return reason === null ? { file: placeOf(`node-${major}`) } : { skip: reason };
}
