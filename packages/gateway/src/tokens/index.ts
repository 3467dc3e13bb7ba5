/**
 * Tokens that admit to a gateway: made, read and judged.
 *
 * @example
 * ```js
 * import { issueToken, makeKeys, privateKey, publicKeys, TokenVerifier } from '@netstrata/gateway/tokens';
 *
 * const keys = await makeKeys();
 * const token = await issueToken(privateKey(keys.privateKey), { sub: 'alice', expires: 60, allow: ['db.internal:5432'] });
 * const { sub, allow } = await new TokenVerifier({ keys: publicKeys(keys.publicKey) }).verify(token);
 * console.log(sub, allow[0]); // prints alice db.internal:5432
 * ```
 * @packageDocumentation
 */
export { FixedTokens } from './fixed-tokens.js';
export { issueToken, makeKeys, makeSecret, type KeyPair, type TokenContents } from './issue.js';
export { privateKey, publicKeys, secretKey, type Algorithm, type TokenKey } from './keys.js';
export { TokenError, type TokenFault } from './token-error.js';
export { TokenVerifier, type TokenRules } from './verifier.js';
