import { describe, expect, it } from 'vitest';
import { connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';

describe('a page of another origin cannot connect, whatever cookies its browser has', () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1'])('%s', async (origin) => {
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'] });
    expect(await errorOf(tunnelFor(url, { headers: { origin } }), inet(1))).toMatchObject({ code: 'EACCES' });
    expect(await log.seen(/refused/)).toBe('carrier refused 127.0.0.1 403 origin');
  });

  it('nor with a good token', async () => {
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], token: 'secret', origins: ['https://app.example'] });
    expect(await errorOf(tunnelFor(url, { token: 'secret', headers: { origin: 'https://app.example.evil.example' } }), inet(1))).toMatchObject({ code: 'EACCES' });
    await log.seen(/carrier refused 127.0.0.1 403 origin/);
  });
});

it("a page of the gateway's own origin may, and so may those that are listed, and programs that are no pages", async () => {
  const { port } = await target(echo);
  const own = await gatewayFor({ allow: ['127.0.0.1'] });
  await connect(tunnelFor(own.url, { headers: { origin: `http://127.0.0.1:${own.port}` } }), inet(port));
  await connect(tunnelFor(own.url), inet(port));
  const listed = await gatewayFor({ allow: ['127.0.0.1'], origins: ['https://app.example'] });
  await connect(tunnelFor(listed.url, { headers: { origin: 'https://app.example' } }), inet(port));
});
