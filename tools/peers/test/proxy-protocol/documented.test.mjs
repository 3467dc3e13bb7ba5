import { readFileSync } from 'node:fs';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { hasStreams, startHaproxy, startNginx } from '../../src/balancers.mjs';
import { programOf } from '../../src/programs.mjs';
import { ask, kinds, openSite } from './support/site.mjs';

const guide = readFileSync(new URL('../../../../docs/guides/load-balancers.md', import.meta.url), 'utf8');
const [haproxy, nginx] = [await programOf('haproxy'), await programOf('nginx')];

const stops = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** The configuration that the guide gives for a program, with addresses of this host. */
function documented(program, port, site) {
  const [, text] = new RegExp(`^\`\`\`${program}\\n(.*?)^\`\`\``, 'ms').exec(guide);
  expect(text).toContain('192.0.2.1:443');
  expect(text).toContain('10.0.0.5:8443');
  return text.replace('192.0.2.1:443', `127.0.0.1:${port}`).replace('10.0.0.5:8443', `127.0.0.1:${site.address().port}`);
}

describe('what the guide gives for a balancer', () => {
  it.skipIf(typeof haproxy === 'string').each(kinds)('HAProxy, before a server of %s', async (kind) => {
    const [site, port] = [await openSite(kind), await freePort()];
    stops.push(await startHaproxy(haproxy, documented('haproxy', port, site)));
    const { client, seen } = await ask(kind, port);
    expect(seen).toMatchObject({ remote: client, version: 2 });
    site.close();
  });

  it.skipIf(typeof nginx === 'string' || !hasStreams(nginx)).each(kinds)('nginx, before a server of %s', async (kind) => {
    const [site, port] = [await openSite(kind), await freePort()];
    const [, stream] = /^stream \{\n(.*)^\}/ms.exec(documented('nginx', port, site));
    stops.push(await startNginx(nginx, { stream }));
    const { client, seen } = await ask(kind, port);
    expect(seen).toMatchObject({ remote: client, version: 1 });
    site.close();
  });
});
