import { describe, expect, it } from 'vitest';
import { settingNames, flagOf } from '../../src/config/index.js';
import { file } from '../support/files.js';
import { run } from '../support/command-line.js';

describe('the command line', () => {
  it('shows all commands and all settings with --help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const command of ['serve', 'check', 'token', 'keys']) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    for (const name of settingNames) expect(out).toContain(`  ${flagOf(name)}`);
    expect((await run('token', '--help')).out).toContain('--secret-file');
  });

  it('shows its version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: '1.2.3', err: '' });
  });

  it.each([
    [['--alow', 'db:1'], 'did you mean --allow?'],
    [['srve'], 'there is no command "srve" (did you mean serve?)'],
    [['--grace', '30'], "--grace: \"30\" is not a time with its unit"],
    [['--config', '/nowhere/gateway.json'], '/nowhere/gateway.json: cannot be read as JSON: there is no such file (ENOENT)'],
    [['--listen', ':0'], '--open-to-everyone'],
    [['--allow', '10.0.0.0/40'], '--allow: '],
    [['--tls-cert', '/nowhere/cert.pem', '--tls-key', '/nowhere/key.pem'], '--tls-cert: /nowhere/cert.pem cannot be read: there is no such file (ENOENT)'],
    [['--tls-to', 'redis.internal'], '--tls-to: "redis.internal" must be a host and a port'],
    [['check', '--tls-to-ca', '/dev/null'], '--tls-to-ca: /dev/null has no certificate in PEM'],
    [['token', '--sub', 'alice'], 'give one of --key (EdDSA) and --secret-file (HS256)'],
    [['token'], "required option '--sub <name>' not specified"],
    [['keys'], "missing required argument 'name'"],
  ])('ends with 2 and says why on stderr: %j', async (args, why) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(why);
  });

  it.each(['serve', 'check'])('%s tells everything that is wrong with what settings name, not the first alone', async (command) => {
    const { code, err } = await run(command, '--allow', 'db:port', '--allow', 'https://db', '--deny', '10.0.0.0/40', '--trust', 'proxy', '--token-file', '/nowhere/tokens');
    expect(code).toBe(2);
    expect(err.split('\n').map((line) => /^--\S+ "?[^ "]+/.exec(line)?.[0])).toEqual([
      '--allow: "db:port', '--allow: "https://db', '--deny: "10.0.0.0/40', '--trust: "proxy', '--token-file: the',
    ]);
  });

  it('checks settings, and tells what they allow', async () => {
    const config = file(JSON.stringify({ allow: ['db.internal:5432=10.0.0.0/8'], deny: ['10.0.0.9'] }));
    expect((await run('check', '--config', config)).out).toBe([
      'listens on: 127.0.0.1, port 8080, path /',
      'who may connect: programs and pages of this machine',
      "pages that may connect: those of the gateway's own host. Allow others: --origin https://app.example",
      'may dial:', '  db.internal:5432=10.0.0.0/8',
      'may never dial:', '  10.0.0.9',
      'may listen on: nothing',
    ].join('\n'));
    expect((await run('check')).out).toContain('may dial: nothing. Allow something: --allow db.internal:5432=10.0.0.0/8');
  });
});
