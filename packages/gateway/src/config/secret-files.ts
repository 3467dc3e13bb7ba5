import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.js';

/** A key, a certificate chain, a list of tokens: none is larger. */
const LARGEST = 1024 * 1024;

/** Others than the owner and the group. */
const READABLE_BY_OTHERS = 0o004;

/** The text of a file that a setting names. Throws ConfigError, which says nothing of what is in it. */
export function readNamed(place: string, path: string): string {
  return read(place, path, path);
}

/**
 * The same, of one that nobody else should read: `warn` is told if others can. What was given is not shown, since some give the secret
 * where its file is meant.
 */
export function readSecret(place: string, path: string, warn: (text: string) => void): string {
  const text = read(place, path, 'the file');
  // Windows has no such bits.
  if (process.platform !== 'win32' && (statSync(path).mode & READABLE_BY_OTHERS) !== 0) {
    warn(`${place}: everybody on this machine can read ${path}; use chmod 600`);
  }
  return text;
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** Why a file cannot be read, in words where the code is a frequent one. */
export function whyNot(error: unknown): string {
  const { code = 'unknown error', message } = error as NodeJS.ErrnoException;
  return Object.hasOwn(WHY, code) ? `${WHY[code]} (${code})` : message;
}

function read(place: string, path: string, shown: string): string {
  try {
    if (statSync(path).size <= LARGEST) return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([`${place}: ${shown} cannot be read: ${whyNot(error)}`]);
  }
  throw new ConfigError([`${place}: ${shown} is larger than 1 MiB`]);
}
