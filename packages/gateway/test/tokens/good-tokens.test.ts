import { describe, expect, it } from 'vitest';
import { claimedRulesOf } from '../../src/rules/judge.js';
import { FixedTokens, TokenVerifier, issueToken, makeSecret, publicKeys, secretKey } from '../../src/tokens/index.js';
import { contents, pair } from './support.js';

describe('a token is taken', () => {
  it('that is signed by EdDSA with the private key of a public one', async () => {
    const { own, others } = await pair();
    const token = await issueToken(own, { ...contents, allow: ['db.internal:5432'], listen: ['127.0.0.1:8000-8010'] });
    const verifier = new TokenVerifier({ keys: others, checkRules: claimedRulesOf });
    const claims = await verifier.verify(token);
    expect(claims).toEqual({ sub: 'alice', exp: expect.any(Number) as number, allow: ['db.internal:5432'], listen: ['127.0.0.1:8000-8010'] });
  });

  it('that is signed by HS256 with the same secret, also where its file ends with a line break', async () => {
    const secret = makeSecret();
    const token = await issueToken(secretKey(secret), contents);
    expect(await new TokenVerifier({ keys: [secretKey(`${secret}\n`)] }).verify(token)).toMatchObject({ sub: 'alice' });
  });

  it('of any of several keys, so that one can be replaced by another', async () => {
    const [old, next] = [await pair(), await pair()];
    const set = publicKeys(JSON.stringify({ keys: [JSON.parse(old.publicJwk), JSON.parse(next.publicJwk)] }));
    const verifier = new TokenVerifier({ keys: [...set, secretKey(makeSecret())] });
    for (const { own } of [old, next]) expect(await verifier.verify(await issueToken(own, contents))).toMatchObject({ sub: 'alice' });
    // Nobody has to say by which.
    expect(await verifier.verify(await issueToken({ ...next.own, kid: null }, contents))).toMatchObject({ sub: 'alice' });
  });

  it('of the audience and the issuer that are asked for', async () => {
    const { own, others } = await pair();
    const verifier = new TokenVerifier({ keys: others, audience: 'gateway', issuer: 'shop' });
    expect(await verifier.verify(await issueToken(own, { ...contents, audience: 'gateway', issuer: 'shop' }))).toMatchObject({ sub: 'alice' });
  });

  it('that is fixed, with the name that stands before it', async () => {
    const verifier = new TokenVerifier({ fixed: [new FixedTokens('# ours\nalice  a-long-token-of-alice\r\n\nbob a-long-token-of-bob\n')] });
    expect(await verifier.verify('a-long-token-of-bob')).toEqual({ sub: 'bob' });
    expect(await verifier.verify('a-long-token-of-alice')).toEqual({ sub: 'alice' });
  });
});
