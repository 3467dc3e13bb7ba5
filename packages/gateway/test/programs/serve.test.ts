import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { issueToken } from '../../src/tokens/index.js';
import { contents, pair } from '../tokens/support.js';
import { certificate, file, folder } from '../support/files.js';
import { echo, failure, gatewayTo, talking } from '../support/through.js';

describe('the program', () => {
  it('leads where it is allowed to, and nowhere else; log and metrics say so', async () => {
    const [port, other] = [await echo(), await echo()];
    const { program, url, metrics } = await gatewayTo(port, '--metrics-listen', '127.0.0.1:0');
    const socket = await talking(url, port);
    socket.resume().end();
    await once(socket, 'close');
    expect(await failure(url, other)).toBe('EACCES');
    expect(await program.event('stream refused')).toMatchObject({ host: '127.0.0.1', port: other, reason: 'unlisted' });
    const text = await (await fetch(metrics)).text();
    expect(text).toContain('netstrata_gateway_streams_opened_total 1\n');
    expect(text).toContain('netstrata_gateway_streams_refused_total{reason="unlisted"} 1\n');
  });

  it('lets nobody in without a token, nor with one that is stolen; a token narrows what it allows', async () => {
    const [port, other] = [await echo(), await echo()];
    const { own, publicJwk } = await pair();
    const { program, url } = await gatewayTo(port, '--token-key-file', file(publicJwk), '--allow', `127.0.0.1:${other}`);
    expect(await failure(url, port)).toMatch(/^E/);
    expect(await program.event('token refused')).toMatchObject({ reason: 'missing' });
    const token = await issueToken(own, { ...contents, allow: [`127.0.0.1:${port}`] });
    (await talking(url, port, { token })).destroy();
    expect(await failure(url, other, { token })).toBe('EACCES');
    const stolen = await issueToken({ ...(await pair()).own, kid: null }, contents);
    const before = program.lines.length;
    expect(await failure(url, port, { token: stolen })).toMatch(/^E/);
    expect(await program.event('token refused', before)).toMatchObject({ reason: 'signature' });
    expect(JSON.stringify(program.lines)).not.toContain('eyJ');
  });

  it('reads its certificate again on SIGHUP, and what is open goes on', async () => {
    const port = await echo();
    const where = folder();
    const [cert, key] = [join(where, 'cert.pem'), join(where, 'key.pem')];
    const put = (name: 'first' | 'second') => {
      copyFileSync(certificate(name, 'pem'), cert);
      copyFileSync(certificate(name, 'key.pem'), key);
    };
    const trusting = (name: 'first' | 'second') => ({ tls: { ca: readFileSync(certificate(name, 'pem')) } });
    put('first');
    const { program, url } = await gatewayTo(port, '--tls-cert', cert, '--tls-key', key);
    expect(url).toMatch(/^wss:/);
    const before = await talking(url, port, trusting('first'));
    put('second');
    program.signal('SIGHUP');
    await program.event('reload');
    const after = await talking(url, port, trusting('second'));
    expect(await failure(url, port, trusting('first'))).toMatch(/^E/);
    before.write('still here');
    expect(String(((await once(before, 'data')) as [Buffer])[0])).toBe('still here');
    before.destroy();
    after.destroy();
  });
});
