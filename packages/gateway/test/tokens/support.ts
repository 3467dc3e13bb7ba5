import { makeKeys, privateKey, publicKeys, type TokenContents, type TokenKey, type TokenVerifier } from '../../src/tokens/index.js';

/** A pair of keys, as those who make tokens and those who prove them have them. */
export async function pair(): Promise<{ readonly own: TokenKey; readonly others: readonly TokenKey[]; readonly publicJwk: string; readonly privateJwk: string }> {
  const { privateKey: privateJwk, publicKey: publicJwk } = await makeKeys();
  return { own: privateKey(privateJwk), others: publicKeys(publicJwk), publicJwk, privateJwk };
}

export const contents: TokenContents = { sub: 'alice', expires: 60 };

/** Why a verifier refuses a token; null if it does not. */
export async function faultOf(verifier: TokenVerifier, token: string | null): Promise<string | null> {
  try {
    await verifier.verify(token);
    return null;
  } catch (error) {
    return (error as { fault?: string }).fault ?? String(error);
  }
}

/** A token with its header or claims replaced, under its old signature. */
export function changed(token: string, part: 0 | 1, change: object): string {
  const parts = token.split('.');
  const value = JSON.parse(Buffer.from(parts[part], 'base64url').toString()) as object;
  parts[part] = Buffer.from(JSON.stringify({ ...value, ...change })).toString('base64url');
  return parts.join('.');
}

