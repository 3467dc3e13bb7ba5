import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { certificate, folder } from '../support/files.js';
import { start } from '../support/start.js';

/** Who answers at a port. */
async function subject(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}

/** Files that can be written anew. */
function files() {
  const where = folder();
  const [tlsCert, tlsKey] = [join(where, 'cert.pem'), join(where, 'key.pem')];
  const put = (name: 'first' | 'second', keyOf: 'first' | 'second' = name) => {
    copyFileSync(certificate(name, 'pem'), tlsCert);
    copyFileSync(certificate(keyOf, 'key.pem'), tlsKey);
  };
  put('first');
  return { tlsCert, tlsKey, put };
}

describe('a certificate', () => {
  it('is read again when the service is told to, for connections that come from then on', async () => {
    const { put, ...flags } = files();
    const { service, port, lines } = await start(flags);
    expect(await subject(port)).toBe('first');
    put('second');
    expect(await subject(port)).toBe('first');
    service.reload();
    expect(await subject(port)).toBe('second');
    expect(lines).toContainEqual(expect.objectContaining({ level: 'info', event: 'reload', msg: 'certificate: read again' }));
  });

  it.each([
    ['whose key is of another one', (write: ReturnType<typeof files>) => { write.put('second', 'first'); }],
    ['that is none', ({ tlsCert }: ReturnType<typeof files>) => { writeFileSync(tlsCert, 'nothing'); }],
    ['whose key is none', ({ tlsKey }: ReturnType<typeof files>) => { writeFileSync(tlsKey, 'SECRET'); }],
  ])('%s is not taken: the one before stays, and the log says so', async (_what, spoil) => {
    const { put, ...flags } = files();
    const { service, port, lines } = await start(flags);
    spoil({ put, ...flags });
    service.reload();
    expect(await subject(port)).toBe('first');
    const told = lines.find(({ event, level }) => event === 'reload' && level === 'error');
    expect(told).toMatchObject({ msg: 'certificate: what there was stays', error: expect.stringContaining('--tls-cert and --tls-key') as string });
    expect(JSON.stringify(told)).not.toContain('SECRET');
    // The next good one is taken again.
    put('second');
    service.reload();
    expect(await subject(port)).toBe('second');
  });

  it('and its key are needed at the start', async () => {
    const { tlsCert } = files();
    await expect(start({ tlsCert, tlsKey: certificate('second', 'key.pem') })).rejects.toThrow('no certificate and its key');
    await expect(start({ tlsCert: '/nowhere/cert.pem', tlsKey: certificate('first', 'key.pem') })).rejects.toThrow('--tls-cert: /nowhere/cert.pem cannot be read: there is no such file (ENOENT)');
  });
});
