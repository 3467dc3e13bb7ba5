import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { missing, usePage } from './support/page.js';

const { postgres, rediss } = inject('servers');
const ca = readFileSync(new URL('../../../tools/integration/certificate/certificate.pem', import.meta.url), 'utf8');

interface Clients {
  clients: { postgres: { ask: (access: unknown, text: string, ca?: string) => Promise<{ rows: unknown[] }> } };
}

describe.skipIf(missing)('TLS', () => {
  const opened = usePage();

  it.skipIf(postgres === undefined)('in the page: PostgreSQL sees an encrypted connection, and the gateway no plain text', async () => {
    const { page } = opened;
    const { rows } = await page.evaluate(([access, ca]) => (globalThis as unknown as Clients).clients.postgres.ask(access, 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()', ca), [postgres, ca] as const);
    expect(rows).toEqual([['t', 'TLSv1.3']]);
  });

  it.skipIf(postgres === undefined)('in the page: a name that does not stand in the certificate is refused', async () => {
    const { page } = opened;
    const failed = await page.evaluate(([access, ca]) => (globalThis as unknown as Clients).clients.postgres.ask({ ...access, host: '127.0.0.1' }, 'select 1', ca).then(() => 'accepted', (error: unknown) => (error as Error).message), [postgres, ca] as const);
    expect(failed).toMatch(/subjectAltName/);
  });

  it.skipIf(rediss === undefined)('at the gateway: a client without TLS reaches a server that has nothing else', async () => {
    const { page } = opened;
    await page.check('#redis input');
    await page.click('#redis button');
    await page.locator('#redis output', { hasText: /visit number \d+/ }).waitFor();
  });
});
