import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TokenVerifier, publicKeys, secretKey } from '../../src/tokens/index.js';
import { folder } from '../support/files.js';
import { run } from '../support/command-line.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the program makes', () => {
  it('a pair of keys, the private one for its owner alone, and tokens that the public one proves', async () => {
    const name = join(folder(), 'gateway');
    expect((await run('keys', name)).out).toContain(`--token-key-file ${name}.public.jwk`);
    expect(modeOf(`${name}.private.jwk`)).toBe(0o600);
    const { code, out, err } = await run('token', '--sub', 'alice', '--expires', '1h', '--allow', 'db.internal:5432', '--key', `${name}.private.jwk`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const claims = await new TokenVerifier({ keys: publicKeys(readFileSync(`${name}.public.jwk`, 'utf8')) }).verify(out);
    expect(claims).toMatchObject({ sub: 'alice', allow: ['db.internal:5432'] });
    expect(claims.exp! - Date.now() / 1000).toBeGreaterThan(3500);
  });

  it('a secret, and tokens that the same one proves', async () => {
    const name = join(folder(), 'gateway');
    expect((await run('keys', name, '--secret')).code).toBe(0);
    expect(modeOf(`${name}.secret`)).toBe(0o600);
    const { out } = await run('token', '--sub', 'bob', '--secret-file', `${name}.secret`);
    const verifier = new TokenVerifier({ keys: [secretKey(readFileSync(`${name}.secret`, 'utf8'))] });
    expect(await verifier.verify(out)).toMatchObject({ sub: 'bob', allow: undefined });
  });

  it('nothing over a key that is there', async () => {
    const name = join(folder(), 'gateway');
    await run('keys', name);
    const before = readFileSync(`${name}.private.jwk`, 'utf8');
    const { code, err } = await run('keys', name);
    expect({ code, err }).toEqual({ code: 2, err: `${name}.private.jwk cannot be written: it is there, and keys are not overwritten. Choose another name (EEXIST)` });
    expect(readFileSync(`${name}.private.jwk`, 'utf8')).toBe(before);
  });

  it('no token with a rule that is none, or that ends at once', async () => {
    const name = join(folder(), 'gateway');
    await run('keys', name);
    const token = (...more: string[]) => run('token', '--sub', 'alice', '--key', `${name}.private.jwk`, ...more);
    expect(await token('--allow', '10.0.0.0/40')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('10.0.0.0/40') as string });
    expect(await token('--expires', '0s')).toMatchObject({ code: 2, out: '' });
    expect(await token('--expires', 'soon')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--expires') as string });
  });
});
