import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import type { Claims } from '../contract/options.js';
import { claimsOf } from './claims.js';
import type { FixedTokens } from './fixed-tokens.js';
import type { TokenKey } from './keys.js';
import { TokenError, type TokenFault } from './token-error.js';

/** Headers of HTTP are not much longer. Nothing of a longer token is looked at. */
const LONGEST = 8192;

/** Seconds that clocks may differ by. An end is an end: it is for `nbf` alone. */
const TOLERANCE = 10;

/** Which tokens are taken. */
export interface TokenRules {
  /** Keys, of which one must have signed a token that is no fixed one. */
  readonly keys?: readonly TokenKey[] | undefined;
  /** Tokens that are taken as they are. */
  readonly fixed?: readonly FixedTokens[] | undefined;
  /** What `aud` of a signed token has to have, and what `iss` has to be. */
  readonly audience?: string | undefined;
  /**
   * Who must have made a signed token: its `iss`.
   * @defaultValue anybody
   */
  readonly issuer?: string | undefined;
  /** Throws for rules of a token that are none. */
  readonly checkRules?: ((claims: Claims) => void) | undefined;
  /** Milliseconds since 1970; the system's when not given. */
  readonly now?: (() => number) | undefined;
}

const FAULTS: Readonly<Record<string, TokenFault>> = { exp: 'expired', nbf: 'early', aud: 'audience', iss: 'issuer' };

/** Judges tokens: fixed ones, and JWTs (RFC 7519) of HS256 and EdDSA. */
export class TokenVerifier {
  readonly #rules: TokenRules;
  readonly #now: () => number;

  constructor(rules: TokenRules) {
    this.#rules = rules;
    this.#now = rules.now ?? Date.now;
  }

  /** What the token says of who has it. Rejects with TokenError. */
  async verify(token: string | null): Promise<Claims> {
    if (token === null || token === '') throw new TokenError('missing', 'there is no token');
    if (token.length > LONGEST) throw new TokenError('long', `the token is longer than ${LONGEST} letters`);
    for (const fixed of this.#rules.fixed ?? []) {
      const claims = fixed.find(token);
      if (claims !== null) return claims;
    }
    return this.#checked(await this.#payload(token));
  }

  #checked(payload: JWTPayload): Claims {
    const claims = claimsOf(payload);
    if (claims.exp * 1000 <= this.#now()) throw new TokenError('expired', 'the token has expired');
    try {
      this.#rules.checkRules?.(claims);
    } catch (error) {
      throw new TokenError('claims', `the token has a rule that is none: ${(error as Error).message}`);
    }
    return claims;
  }

  /** The payload, once a key has proved it. */
  async #payload(token: string): Promise<JWTPayload> {
    const header = headerOf(token);
    for (const key of this.#candidates(header)) {
      const payload = await this.#verified(token, key);
      if (payload !== null) return payload;
    }
    throw new TokenError('signature', 'the token is signed with another key, or was changed');
  }

  /** The algorithm is that of a key, whatever the token says; those that it may name by `kid`. */
  #candidates({ alg, kid }: ProtectedHeaderParameters): readonly TokenKey[] {
    const fit = (this.#rules.keys ?? []).filter(({ algorithm }) => algorithm === alg);
    if (fit.length === 0) throw new TokenError('algorithm', 'there is no key for the algorithm of the token');
    const named = fit.filter((key) => kid === undefined || key.kid === null || key.kid === kid);
    if (named.length === 0) throw new TokenError('key', 'there is no key of the kid of the token');
    return named;
  }

  /** Null for a signature of another key. */
  async #verified(token: string, { algorithm, key }: TokenKey): Promise<JWTPayload | null> {
    const { audience, issuer } = this.#rules;
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        requiredClaims: ['exp'],
        clockTolerance: TOLERANCE,
        currentDate: new Date(this.#now()),
        ...(audience === undefined ? {} : { audience }),
        ...(issuer === undefined ? {} : { issuer }),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) return null;
      throw faultOf(error);
    }
  }
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    if (token.split('.').length === 3) return decodeProtectedHeader(token);
  } catch {
    // Whatever it is, it is no header.
  }
  throw new TokenError('malformed', 'the token is no JWT');
}

/** Messages of jose show claims of the token, and are not passed on. */
function faultOf(error: unknown): TokenError {
  if (error instanceof errors.JWTExpired) return new TokenError('expired', 'the token has expired');
  if (!(error instanceof errors.JWTClaimValidationFailed)) return new TokenError('malformed', 'the token is no JWT that can be read');
  const fault = FAULTS[error.claim] ?? 'claims';
  if (fault === 'expired') return new TokenError('claims', 'the token has no end (exp)');
  if (fault === 'early') return new TokenError(fault, 'the token does not hold yet (nbf)');
  return new TokenError(fault, fault === 'claims' ? 'the token has a claim that is none' : `the token is of another ${fault}`);
}
