import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Tokens are signed with one of these (RFC 7518 section 3.2, RFC 8037 section 3.1). A key is for one of them, and never for the other. */
export type Algorithm = 'HS256' | 'EdDSA';

/** A key that tokens are signed or checked with. Made by `secretKey`, `publicKeys` and `privateKey`. */
export interface TokenKey {
  /** What it is for. */
  readonly algorithm: Algorithm;
  /** Null for a key of which no token names another: it is tried with every token. */
  readonly kid: string | null;
  /** Bytes for HS256, a key object for EdDSA. */
  readonly key: KeyObject | Uint8Array;
}

/** RFC 7518 section 3.2: as long as the hash. */
const SHORTEST_SECRET = 32;
const LONGEST_SECRET = 1024;
/** Each may have to be tried. */
const MOST_KEYS = 16;
const LONGEST_KID = 128;

interface Jwk {
  readonly kty?: unknown;
  readonly crv?: unknown;
  readonly x?: unknown;
  readonly d?: unknown;
  readonly kid?: unknown;
}

/** PEM, JWK or a set of them. */
const isKey = (text: string): boolean => /^\s*(?:-----BEGIN |\{)/.test(text);

/** A secret of HS256: the text, without the line break at its end. Throws TypeError, which does not show it. */
export function secretKey(text: string): TokenKey {
  // Everybody may know a public key: as a secret it would let everybody make tokens.
  if (isKey(text)) throw new TypeError('this is a key (JWK or PEM), and no secret');
  const key = new TextEncoder().encode(text.replace(/\r?\n$/, ''));
  if (key.length < SHORTEST_SECRET) throw new TypeError(`a secret has ${SHORTEST_SECRET} bytes at least; this one has ${key.length}`);
  if (key.length > LONGEST_SECRET) throw new TypeError(`a secret has ${LONGEST_SECRET} bytes at most`);
  return { algorithm: 'HS256', kid: null, key };
}

/** Ed25519 keys: PEM (SPKI), a JWK (RFC 8037), or a set of those (RFC 7517 section 5). Throws TypeError, which does not show them. */
export function publicKeys(text: string): readonly TokenKey[] {
  if (text.includes('PRIVATE KEY')) throw isPrivate();
  if (text.trimStart().startsWith('-----')) return [ed25519(() => createPublicKey(text), null)];
  const json = parsed(text);
  const list = Array.isArray(json.keys) ? (json.keys as readonly unknown[]) : [json];
  if (list.length === 0 || list.length > MOST_KEYS) throw new TypeError(`a set has 1 to ${MOST_KEYS} keys`);
  return list.map((one) => {
    const jwk = jwkOf(one);
    if (jwk.d !== undefined) throw isPrivate();
    return ed25519(() => createPublicKey({ key: { kty: 'OKP', crv: jwk.crv as string, x: jwk.x as string }, format: 'jwk' }), kidOf(jwk));
  });
}

/** The one that signs: PEM (PKCS 8), or a JWK with `d`. Throws TypeError, which does not show it. */
export function privateKey(text: string): TokenKey {
  if (text.trimStart().startsWith('-----')) return ed25519(() => createPrivateKey(text), null);
  const jwk = jwkOf(parsed(text));
  if (typeof jwk.d !== 'string') throw new TypeError('this is a public key: tokens are made with the private one');
  const key = { kty: 'OKP', crv: jwk.crv as string, x: jwk.x as string, d: jwk.d };
  return ed25519(() => createPrivateKey({ key, format: 'jwk' }), kidOf(jwk));
}

const isPrivate = (): TypeError =>
  new TypeError('this is a private key: the gateway needs the public one, and nobody but who makes tokens the private one');

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // The message of JSON.parse shows what is there.
  }
  throw new TypeError('a key is a JWK, a set of them, or PEM');
}

function jwkOf(value: unknown): Jwk {
  const jwk = (typeof value === 'object' && value !== null ? value : {}) as Jwk;
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519' && typeof jwk.x === 'string') return jwk;
  throw new TypeError('a key has to be of Ed25519 (kty OKP, crv Ed25519, x)');
}

function kidOf({ kid }: Jwk): string | null {
  if (kid === undefined) return null;
  if (typeof kid === 'string' && kid !== '' && kid.length <= LONGEST_KID) return kid;
  throw new TypeError(`a key's kid is a text of 1 to ${LONGEST_KID} letters`);
}

function ed25519(make: () => KeyObject, kid: string | null): TokenKey {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    throw new TypeError('the key cannot be read');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`a key has to be of Ed25519; this one is of ${key.asymmetricKeyType}`);
  return { algorithm: 'EdDSA', kid, key };
}
