export { FixedTokens } from './fixed-tokens.js';
export { issueToken, makeKeys, makeSecret, type TokenContents } from './issue.js';
export { privateKey, publicKeys, secretKey, type Algorithm, type TokenKey } from './keys.js';
export { TokenError, type TokenFault } from './token-error.js';
export { TokenVerifier, type TokenRules } from './verifier.js';
