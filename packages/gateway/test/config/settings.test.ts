import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readSettings } from '../../src/config/index.js';
import { file } from '../support/files.js';

const json = (value: unknown) => file(JSON.stringify(value), 'gateway.json');

/** What is wrong. */
function problems(...args: Parameters<typeof readSettings>): readonly string[] {
  try {
    readSettings(...args);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('come from flags before variables before the file before defaults', () => {
    const config = json({ maxStreams: 1, maxCarriers: 1, clientStreams: 1 });
    const settings = readSettings({ config, maxStreams: '3' }, { NETSTRATA_GATEWAY_MAX_STREAMS: '2', NETSTRATA_GATEWAY_MAX_CARRIERS: '2' });
    expect(settings).toMatchObject({ maxStreams: 3, maxCarriers: 2, clientStreams: 1, clientCarriers: 16 });
  });

  it('that are lists are taken whole from one of these places', () => {
    const config = json({ allow: ['a:1', 'b:2'], deny: 'c:3' });
    expect(readSettings({ config }, {})).toMatchObject({ allow: ['a:1', 'b:2'], deny: ['c:3'], tlsTo: [] });
    expect(readSettings({ config }, { NETSTRATA_GATEWAY_ALLOW: ' d:4, e:5\nf:6 ' }).allow).toEqual(['d:4', 'e:5', 'f:6']);
    expect(readSettings({ config, allow: ['g:7'] }, { NETSTRATA_GATEWAY_ALLOW: 'd:4' }).allow).toEqual(['g:7']);
  });

  it('of a file may be named by a variable, and relative paths in it begin beside it', () => {
    const config = json({ tokenFile: 'tokens', window: 1048576, openToEveryone: false });
    expect(readSettings({}, { NETSTRATA_GATEWAY_CONFIG: config })).toMatchObject({
      tokenFile: [join(dirname(config), 'tokens')], window: 1048576, openToEveryone: false,
    });
    expect(readSettings({ tokenFile: ['tokens'] }, {}, '/etc').tokenFile).toEqual(['/etc/tokens']);
  });

  it('that are wrong are all told at once, each with its place and with what is allowed', () => {
    const config = json({ grace: 30, window: '1 parsec', path: 'tunnel' });
    expect(problems({ config, listen: 'here' }, { NETSTRATA_GATEWAY_LOG_LEVEL: 'loud' })).toEqual([
      `--listen: "here" is not an address and a port, like '127.0.0.1:8080', '[::1]:8080', or ':8080' for every address`,
      `${config}: path: "tunnel" is not a path of a URL, like '/tunnel'`,
      `${config}: window: "1 parsec" is not bytes from '256KiB' to '1GiB', like '262144' or '1MB'`,
      `${config}: grace: 30 is not a time with its unit (ms, s, m, h, d), like '30s' or '5m', of at most 24 days`,
      'NETSTRATA_GATEWAY_LOG_LEVEL: "loud" is not one of fatal, error, warn, info, debug, silent',
    ]);
  });

  it('that nobody knows are errors, with what was probably meant', () => {
    const config = json({ alow: ['a:1'], maxStream: 3, nothingLikeIt: true });
    expect(problems({ config }, { NETSTRATA_GATEWAY_TOKEN_FILES: 'x' })).toEqual([
      'NETSTRATA_GATEWAY_TOKEN_FILES: there is no such setting. Did you mean NETSTRATA_GATEWAY_TOKEN_FILE?',
      `${config}: alow: there is no such setting. Did you mean allow?`,
      `${config}: maxStream: there is no such setting. Did you mean maxStreams?`,
      `${config}: nothingLikeIt: there is no such setting`,
    ]);
  });

  it('are not what Kubernetes tells containers of a service named netstrata-gateway', () => {
    const env = { NETSTRATA_GATEWAY_SERVICE_HOST: '10.0.0.1', NETSTRATA_GATEWAY_SERVICE_PORT: '80', NETSTRATA_GATEWAY_PORT: 'tcp://10.0.0.1:80', NETSTRATA_GATEWAY_PORT_80_TCP_ADDR: '10.0.0.1' };
    expect(problems({}, env)).toEqual([]);
  });

  it.each([['[]', 'it has to be an object'], ['{', 'JSON'], ['', 'JSON']])('are not in a file with %j', (text, why) => {
    const config = file(text, 'gateway.json');
    expect(problems({ config }, {})).toEqual([expect.stringContaining(`${config}: cannot be read as JSON`)]);
    expect(problems({ config }, {})[0]).toContain(why);
  });

  it('are not what an object inherits', () => {
    const config = file('{"__proto__": {"allow": ["a:1"]}, "constructor": 1}', 'gateway.json');
    expect(problems({ config }, {})).toEqual([`${config}: __proto__: there is no such setting`, `${config}: constructor: there is no such setting`]);
  });

  it('that belong together are checked together', () => {
    expect(problems({ tlsCert: 'cert.pem', tokenIssuer: 'me' }, {})).toEqual([
      '--tls-cert and --tls-key belong together: only one of them is given',
      '--token-issuer is for signed tokens: give --token-key-file or --token-secret-file, too',
    ]);
  });
});
