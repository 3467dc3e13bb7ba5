import { describe, expect, it } from 'vitest';
import type { Flags } from '../../src/config/index.js';
import { file } from '../support/files.js';
import { admits, start } from '../support/start.js';

const tokenFile = () => [file('alice a-long-token-of-alice')];

describe('a gateway that everybody could use', () => {
  it.each<[string, Flags]>([
    ['on every address', { listen: ':0' }],
    ['on an address of a network', { listen: '0.0.0.0:0' }],
    ['on every IPv6 address', { listen: '[::]:0' }],
    ['behind a proxy', { trust: ['127.0.0.1'] }],
  ])('is not started %s without tokens', async (_where, flags) => {
    await expect(start(flags)).rejects.toThrow('has no tokens: everybody could use it');
  });

  it('is started when that is asked for, and then nobody is asked for a token', async () => {
    const { gateway } = await start({ listen: '0.0.0.0:0', openToEveryone: true });
    expect(admits(gateway, null, { host: 'gateway.example', 'x-forwarded-for': '192.0.2.7' })).toBe(true);
  });

  it('is not asked for beside tokens, since one of them would be a mistake', async () => {
    await expect(start({ openToEveryone: true, tokenFile: tokenFile() })).rejects.toThrow('without tokens');
  });

  it('is none with tokens', async () => {
    const { gateway } = await start({ listen: '0.0.0.0:0', tokenFile: tokenFile() });
    expect(await admits(gateway, 'a-long-token-of-alice')).toEqual({ sub: 'alice' });
    expect(await admits(gateway, 'another')).toBeNull();
    expect(await admits(gateway, null, { host: 'localhost' })).toBeNull();
  });
});

describe('without tokens, at 127.0.0.1', () => {
  const asks = async (headers: Record<string, string>) => admits((await start()).gateway, null, headers);

  it.each(['localhost:8080', '127.0.0.1:8080', '127.0.0.1', '[::1]:8080', 'LOCALHOST'])('programs and pages of this machine are admitted, by the name %s', async (host) => {
    expect(await asks({ host })).toBe(true);
  });

  it.each([
    // A name of somebody's that leads here for a moment (DNS rebinding): the page's Origin is then the same host.
    { host: 'evil.example:8080' }, { host: 'localhost.evil.example' }, { host: '192.0.2.1:8080' }, { host: '' }, { host: 'a b' }, {},
    { host: '127.0.0.1:8080', 'x-forwarded-for': '192.0.2.7' }, { host: '127.0.0.1:8080', forwarded: 'for=192.0.2.7' }, { host: 'localhost', via: '1.1 proxy' },
  ])('nobody else is: %j', async (headers) => {
    expect(await asks(headers as Record<string, string>)).toBe(false);
  });
});

describe('a rule that is none', () => {
  it.each<[Flags, string]>([
    [{ allow: ['10.0.0.0/40:1'] }, '--allow'], [{ deny: ['db:http'] }, '--deny'], [{ allowListen: ['name:80'] }, '--allow-listen'], [{ trust: ['proxy.example'] }, '--trust'], [{ tlsTo: ['redis.internal'] }, '--tls-to'],
  ])('is told before anything listens: %j', async (flags, flag) => {
    await expect(start({ openToEveryone: true, ...flags })).rejects.toThrow(`${flag}: `);
  });
});

it('a file of secrets that everybody can read is warned of', async () => {
  const path = file('alice a-long-token-of-alice', 'tokens', 0o644);
  const { lines } = await start({ tokenFile: [path] });
  expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', msg: `--token-file: everybody on this machine can read ${path}; use chmod 600` }));
});

it('a file of tokens without one is warned of: it lets nobody in', async () => {
  const { lines } = await start({ tokenFile: [file('# nobody any more')] });
  expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', msg: '--token-file: there is no token in the file: it lets nobody in' }));
});

it('a secret that was given in place of its file is not shown', async () => {
  const starting = start({ tokenSecretFile: ['SECRETSECRETSECRETSECRETSECRETSECRET'] });
  await expect(starting).rejects.toThrow(/^--token-secret-file: the file cannot be read: there is no such file \(ENOENT\)$/);
});
