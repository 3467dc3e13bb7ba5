import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SignJWT, calculateJwkThumbprint } from 'jose';
import type { Claims } from '../contract/options.js';
import { claimsOf } from './claims.js';
import type { TokenKey } from './keys.js';

/** What a token says. */
export interface TokenContents {
  /** Whose it is: limits are counted by it, and logs name it. */
  readonly sub: string;
  /** Seconds from now until it ends. */
  readonly expires: number;
  /** What it is good for: rules as the gateway's own, which hold as well. When not given, all that the gateway allows. */
  readonly allow?: readonly string[] | undefined;
  /** What it may listen on: rules as `listen` of the gateway, which hold as well. When not given, all that the gateway allows. */
  readonly listen?: readonly string[] | undefined;
  /** Who it is for: `aud` (RFC 7519 section 4.1.3). */
  readonly audience?: string | undefined;
  /** Who has made it: `iss` (RFC 7519 section 4.1.1). */
  readonly issuer?: string | undefined;
}

/** A JWT. Rejects with TokenError for contents that no gateway would take, and with what `checkRules` throws. */
export async function issueToken(
  { key, algorithm, kid }: TokenKey,
  { sub, expires, allow, listen, audience, issuer }: TokenContents,
  checkRules?: (claims: Claims) => void,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = claimsOf({ sub, exp: now + expires, allow, listen });
  checkRules?.(claims);
  const token = new SignJWT({ ...(allow && { allow }), ...(listen && { listen }) })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(kid === null ? {} : { kid }) })
    .setSubject(sub).setIssuedAt(now).setExpirationTime(claims.exp);
  if (audience !== undefined) token.setAudience(audience);
  if (issuer !== undefined) token.setIssuer(issuer);
  return token.sign(key);
}

/** Two keys that belong together, each as a JWK in JSON. */
export interface KeyPair {
  /** Signs tokens: for who makes them, and nobody else. */
  readonly privateKey: string;
  /** Checks tokens: for gateways. */
  readonly publicKey: string;
  /** Names the pair, in both keys and in tokens. */
  readonly kid: string;
}

/** A pair of Ed25519 keys as JWKs in JSON. The `kid` of both is their thumbprint (RFC 7638). */
export async function makeKeys(): Promise<KeyPair> {
  const pair = generateKeyPairSync('ed25519');
  const { x, d } = pair.privateKey.export({ format: 'jwk' });
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: x! };
  const kid = await calculateJwkThumbprint(jwk);
  const all = { ...jwk, kid, alg: 'EdDSA', use: 'sig' };
  return { privateKey: JSON.stringify({ ...all, d }), publicKey: JSON.stringify(all), kid };
}

/** A secret for HS256: 256 random bits. */
export const makeSecret = (): string => randomBytes(32).toString('base64url');
