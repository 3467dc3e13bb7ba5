import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

const HASHES = { md5, sha1, sha256, sha512 };

/** Web Crypto has no hash that answers at once. `pg` needs MD5 for old passwords, `ioredis` SHA-1 for scripts. */
export function createHash(name: string): { update(data: string | Uint8Array, encoding?: BufferEncoding): unknown; digest(encoding?: BufferEncoding): unknown } {
  const hash = HASHES[name.toLowerCase() as keyof typeof HASHES]?.create();
  if (!hash) throw new Error(`no hash ${name} in this page`);
  return {
    update(data, encoding) {
      hash.update(typeof data === 'string' ? Buffer.from(data, encoding) : data);
      return this;
    },
    digest(encoding) {
      const bytes = Buffer.from(hash.digest());
      return encoding ? bytes.toString(encoding) : bytes;
    },
  };
}

/** More than 65,536 bytes at a time are refused, by Web Crypto. */
export function randomBytes(size: number, callback?: (error: null, bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(size)));
  if (callback) queueMicrotask(() => { callback(null, bytes); });
  return bytes;
}

export const webcrypto = crypto;
export const randomUUID = (): string => crypto.randomUUID();
export default { createHash, randomBytes, webcrypto, randomUUID };
