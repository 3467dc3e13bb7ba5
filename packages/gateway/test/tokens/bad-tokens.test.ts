import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { claimedRulesOf } from '../../src/rules/judge.js';
import { FixedTokens, TokenVerifier, issueToken, makeSecret, secretKey } from '../../src/tokens/index.js';
import { changed, contents, faultOf, pair } from './support.js';

describe('a token is refused', () => {
  it('that is signed with another key', async () => {
    const [ours, thief] = [await pair(), await pair()];
    const verifier = new TokenVerifier({ keys: ours.others });
    expect(await faultOf(verifier, await issueToken({ ...thief.own, kid: ours.own.kid }, contents))).toBe('signature');
    expect(await faultOf(verifier, await issueToken({ ...thief.own, kid: null }, contents))).toBe('signature');
    expect(await faultOf(verifier, await issueToken(thief.own, contents))).toBe('key');
    expect(await faultOf(new TokenVerifier({ keys: [secretKey(makeSecret())] }), await issueToken(secretKey(makeSecret()), contents))).toBe('signature');
  });

  it('that has expired, to the second', async () => {
    const { own, others } = await pair();
    const token = await issueToken(own, contents);
    const { exp } = await new TokenVerifier({ keys: others }).verify(token);
    const at = (milliseconds: number) => faultOf(new TokenVerifier({ keys: others, now: () => milliseconds }), token);
    expect(await at(exp! * 1000 - 1)).toBeNull();
    expect(await at(exp! * 1000)).toBe('expired');
    expect(await at(exp! * 1000 + 60_000)).toBe('expired');
  });

  it('that has no end, or one that is no number', async () => {
    const { own, others } = await pair();
    const verifier = new TokenVerifier({ keys: others });
    const signed = (claims: object) => new SignJWT({ sub: 'alice', ...claims }).setProtectedHeader({ alg: 'EdDSA' }).sign(own.key);
    for (const claims of [{}, { exp: 'tomorrow' }, { exp: null }]) expect(await faultOf(verifier, await signed(claims))).toBe('claims');
  });

  it('that does not hold yet, but for clocks that differ a little', async () => {
    const { own, others } = await pair();
    const soon = (seconds: number) => new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' }).setExpirationTime('1h').setNotBefore(Math.floor(Date.now() / 1000) + seconds).sign(own.key);
    const verifier = new TokenVerifier({ keys: others });
    expect(await faultOf(verifier, await soon(600))).toBe('early');
    expect(await faultOf(verifier, await soon(3))).toBeNull();
  });

  it('that was changed', async () => {
    const { own, others } = await pair();
    const token = await issueToken(own, contents);
    const verifier = new TokenVerifier({ keys: others });
    expect(await faultOf(verifier, changed(token, 1, { sub: 'root' }))).toBe('signature');
    expect(await faultOf(verifier, changed(token, 0, { typ: 'other' }))).toBe('signature');
    expect(await faultOf(verifier, token.slice(0, -8))).toBe('signature');
  });

  it('that names no algorithm, or another one than its key is for', async () => {
    const { own, others, publicJwk } = await pair();
    const token = await issueToken(own, contents);
    const verifier = new TokenVerifier({ keys: [...others] });
    const unsigned = `${changed(token, 0, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`;
    for (const one of [unsigned, changed(token, 0, { alg: 'none' }), changed(token, 0, { alg: 'HS512' })]) expect(await faultOf(verifier, one)).toBe('algorithm');
    // The public key, which everybody knows, taken for a secret.
    const [, claims] = token.split('.');
    const start = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${claims}`;
    const forged = `${start}.${createHmac('sha256', publicJwk).update(start).digest('base64url')}`;
    expect(await faultOf(verifier, forged)).toBe('algorithm');
    expect(await faultOf(new TokenVerifier({ keys: [...others, secretKey(makeSecret())] }), forged)).toBe('signature');
    expect(await faultOf(new TokenVerifier({ keys: [secretKey(makeSecret())] }), token)).toBe('algorithm');
  });

  it('that is for another audience or from another issuer, or does not say', async () => {
    const { own, others } = await pair();
    const verifier = new TokenVerifier({ keys: others, audience: 'gateway', issuer: 'shop' });
    expect(await faultOf(verifier, await issueToken(own, { ...contents, audience: 'mail', issuer: 'shop' }))).toBe('audience');
    expect(await faultOf(verifier, await issueToken(own, { ...contents, audience: 'gateway', issuer: 'else' }))).toBe('issuer');
    expect(await faultOf(verifier, await issueToken(own, contents))).toMatch(/audience|issuer/);
  });

  it('that is huge, before anything of it is read', async () => {
    const verifier = new TokenVerifier({ keys: (await pair()).others, fixed: [new FixedTokens('alice a-long-token-of-alice')] });
    expect(await faultOf(verifier, `${'a'.repeat(1_000_000)}.b.c`)).toBe('long');
    expect(await faultOf(verifier, 'a'.repeat(8193))).toBe('long');
  });

  it.each([null, ''])('that is not there: %j', async (token) => {
    expect(await faultOf(new TokenVerifier({}), token)).toBe('missing');
  });

  it.each(['x', 'a.b', 'a.b.c', 'a.b.c.d', '..', `${Buffer.from('[]').toString('base64url')}.e30.x`, `${Buffer.from('{}').toString('base64url')}.e30.x`])('that is none: %j', async (token) => {
    expect(await faultOf(new TokenVerifier({ keys: (await pair()).others }), token)).toMatch(/malformed|algorithm/);
  });

  it('with claims that mean nothing here', async () => {
    const { own, others } = await pair();
    const verifier = new TokenVerifier({ keys: others, checkRules: claimedRulesOf });
    const signed = (claims: object) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA' }).setExpirationTime('1h').sign(own.key);
    const bad = [{ sub: 7 }, { sub: '' }, { sub: 'x'.repeat(129) }, { allow: 'db:1' }, { allow: [1] }, { allow: ['10.0.0.0/40'] }, { allow: Array(65).fill('a:1') }, { listen: ['no address'] }, { listen: ['name:80'] }];
    for (const claims of bad) expect([claims, await faultOf(verifier, await signed(claims))]).toEqual([claims, 'claims']);
  });

  it('that is fixed and another one', async () => {
    const verifier = new TokenVerifier({ fixed: [new FixedTokens('alice a-long-token-of-alice')] });
    for (const token of ['a-long-token-of-alic', 'a-long-token-of-alice ', 'alice', 'A-LONG-TOKEN-OF-ALICE']) expect(await faultOf(verifier, token)).toBe('malformed');
  });

  it('and the error has nothing of it', async () => {
    const { own, others } = await pair();
    const token = await issueToken(own, { ...contents, sub: 'secret-subject', audience: 'secret-audience' });
    const error = await new TokenVerifier({ keys: others, audience: 'gateway' }).verify(token).catch((caught: unknown) => caught);
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toMatch(/secret|eyJ/);
  });
});

describe('a token is not made', () => {
  it('with rules or a name that no gateway would take', async () => {
    const { own } = await pair();
    await expect(issueToken(own, { ...contents, allow: ['10.0.0.0/40'] }, claimedRulesOf)).rejects.toThrow('10.0.0.0/40');
    await expect(issueToken(own, { ...contents, sub: '' })).rejects.toMatchObject({ fault: 'claims' });
  });
});
