import { rmSync, writeFileSync } from 'node:fs';
import { ConfigError, parseDuration, readSecret } from '../config/index.js';
import { claimedRulesOf } from '../rules/judge.js';
import { issueToken, makeKeys, makeSecret, privateKey, secretKey, type TokenKey } from '../tokens/index.js';

export interface TokenFlags {
  readonly sub: string;
  readonly expires: string;
  readonly allow?: readonly string[];
  readonly allowListen?: readonly string[];
  readonly audience?: string;
  readonly issuer?: string;
  readonly key?: string;
  readonly secretFile?: string;
}

const SECOND = 1000;

/** What a check throws, with the flag that it is about. */
async function naming<T>(flag: string, attempt: () => T | Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError([`${flag}: ${(error as Error).message}`]);
  }
}

/** A token. Rejects with ConfigError. */
export async function makeToken(flags: TokenFlags, warn: (text: string) => void): Promise<string> {
  const key = await keyOf(flags, warn);
  const expires = parseDuration(flags.expires);
  if (expires === null || expires < SECOND) {
    throw new ConfigError([`--expires: ${flags.expires} is not a time with its unit, like '1h' or '30d'`]);
  }
  const { sub, allow, allowListen: listen, audience, issuer } = flags;
  const contents = { sub, allow, listen, audience, issuer, expires: Math.floor(expires / SECOND) };
  return naming('token', () => issueToken(key, contents, claimedRulesOf));
}

function keyOf({ key, secretFile }: TokenFlags, warn: (text: string) => void): Promise<TokenKey> {
  if ((key === undefined) === (secretFile === undefined)) throw new ConfigError(['give one of --key (EdDSA) and --secret-file (HS256)']);
  if (key !== undefined) return naming('--key', () => privateKey(readSecret('--key', key, warn)));
  return naming('--secret-file', () => secretKey(readSecret('--secret-file', secretFile!, warn)));
}

const FOR_OWNER = 0o600;
const FOR_ALL = 0o644;

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'it is there, and keys are not overwritten. Choose another name (EEXIST)',
  ENOENT: 'there is no such folder (ENOENT)',
  EACCES: 'this user may not write there (EACCES)',
};

/** Never over a key that is there. */
function writeNew(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, `${text}\n`, { flag: 'wx', mode });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${path} cannot be written: ${Object.hasOwn(WHY, code) ? WHY[code] : message}`]);
  }
}

/** Writes a pair of keys, or a secret, and says what to do with them. Rejects with ConfigError. */
export async function writeKeys(name: string, { secret = false }: { readonly secret?: boolean }): Promise<string> {
  if (secret) {
    writeNew(`${name}.secret`, makeSecret(), FOR_OWNER);
    return [
      `${name}.secret makes tokens and proves them: netstrata-gateway token --sub alice --secret-file ${name}.secret`,
      `the gateway: --token-secret-file ${name}.secret`,
    ].join('\n');
  }
  const { privateKey: own, publicKey: others, kid } = await makeKeys();
  writeNew(`${name}.private.jwk`, own, FOR_OWNER);
  try {
    writeNew(`${name}.public.jwk`, others, FOR_ALL);
  } catch (error) {
    // A private key alone is of no use, and would be in the way of the next attempt.
    rmSync(`${name}.private.jwk`);
    throw error;
  }
  return [
    `key ${kid}`,
    `${name}.private.jwk makes tokens, keep it secret: netstrata-gateway token --sub alice --key ${name}.private.jwk`,
    `${name}.public.jwk proves them, for the gateway: --token-key-file ${name}.public.jwk`,
  ].join('\n');
}
