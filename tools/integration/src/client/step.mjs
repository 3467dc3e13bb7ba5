import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { carried } from './carried.mjs';

const file = process.env.NETSTRATA_RESULTS;
const LIMIT_MS = 180_000;

/** One line per record, written at once, so that records before a crash are kept. */
function record(line) {
  const text = JSON.stringify(line);
  if (file) appendFileSync(file, `${text}\n`);
  else console.log(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}

/**
 * A piece of a client's work. It returns what was observed, which must be the same on the builtin and on net-compat: so it
 * holds results, and nothing that differs from run to run. A step that is stuck ends the process; the ones after it
 * are missing then.
 * @param {string} title
 * @param {() => unknown} work
 */
export async function step(title, work) {
  const timer = setTimeout(() => {
    record({ title, error: `stuck for ${LIMIT_MS / 1000} s` });
    process.exit(1);
  }, LIMIT_MS);
  try {
    record({ title, seen: (await work()) ?? null });
  } catch (error) {
    record({ title, error: error instanceof Error ? `${error.stack}` : String(error) });
  } finally {
    clearTimeout(timer);
  }
}

/** The part of an error that is the same in every run. */
export function told(error) {
  const { name, code, syscall, address, path } = error;
  return { name, code, syscall, address, path, message: error.message.replace(/:\d{4,5}\b/g, ':<port>') };
}

/** The error that a promise rejects with. */
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return told(error);
  }
  throw new Error('it did not fail');
}

export const sha256 = (...chunks) => chunks.reduce((hash, chunk) => hash.update(chunk), createHash('sha256')).digest('hex');

/** The same bytes on every run, without a period that buffers could hide behind. */
export function bytes(length, seed = 1) {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, length);
}

process.on('exit', (code) => record({ end: true, code, carried: carried() }));
