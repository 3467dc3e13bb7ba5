import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FixedTokens, TokenVerifier, issueToken, makeSecret, privateKey, publicKeys, secretKey } from '../../src/tokens/index.js';
import { contents, pair } from './support.js';

describe('keys', () => {
  it('are read from PEM too', async () => {
    const { privateKey: own, publicKey: others } = generateKeyPairSync('ed25519');
    const signs = privateKey(own.export({ type: 'pkcs8', format: 'pem' }));
    const proves = publicKeys(others.export({ type: 'spki', format: 'pem' }));
    expect(await new TokenVerifier({ keys: proves }).verify(await issueToken(signs, contents))).toMatchObject({ sub: 'alice' });
  });

  it('are public ones at a gateway, and private ones where tokens are made', async () => {
    const { publicJwk, privateJwk, own } = await pair();
    expect(() => publicKeys(privateJwk)).toThrow('this is a private key');
    expect(() => publicKeys((own.key as ReturnType<typeof createPublicKey>).export({ type: 'pkcs8', format: 'pem' }))).toThrow('this is a private key');
    expect(() => privateKey(publicJwk)).toThrow('this is a public key');
  });

  it('are of Ed25519', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(() => publicKeys(rsa.export({ type: 'spki', format: 'pem' }))).toThrow('of Ed25519');
    expect(() => publicKeys(JSON.stringify(rsa.export({ format: 'jwk' })))).toThrow('of Ed25519');
    expect(() => publicKeys('{"kty":"oct","k":"c2VjcmV0"}')).toThrow('of Ed25519');
  });

  it.each(['', '{', '{}', '[]', '{"keys":[]}', '{"kty":"OKP","crv":"Ed25519","x":"short"}', '-----BEGIN PUBLIC KEY-----', '"SECRETSECRET"'])('are not in %j, and the error does not show it', (text) => {
    expect(() => publicKeys(text)).toThrow(TypeError);
    expect(() => publicKeys(text)).not.toThrow('SECRETSECRET');
  });

  it('that are secrets have 32 bytes at least', () => {
    expect(() => secretKey('short')).toThrow('32 bytes');
    expect(secretKey(makeSecret()).algorithm).toBe('HS256');
  });

  it('that are public are no secrets: everybody could make tokens with them', async () => {
    const { publicJwk } = await pair();
    for (const text of [publicJwk, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })]) {
      expect(() => secretKey(text)).toThrow('this is a key (JWK or PEM), and no secret');
    }
  });

  it('that are fixed tokens have a name and enough letters, and errors show none', () => {
    expect(() => new FixedTokens('alice short')).toThrow('line 1: a token has 16 letters');
    expect(() => new FixedTokens('\nSECRETSECRETSECRET')).toThrow('line 2 is not a name and a token');
    expect(() => new FixedTokens('\nSECRETSECRETSECRET')).not.toThrow('SECRETSECRET');
  });
});
