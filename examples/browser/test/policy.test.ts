import { describe, expect, it } from 'vitest';
import { missing, openPage, useBrowser } from './support/page.js';
import { serve } from './support/servers.js';

describe.skipIf(missing)('the gateway of the page', () => {
  useBrowser();

  it('refuses what it was not told to allow, and the page says so', async () => {
    const port = await serve((socket) => socket.end());
    const { page } = await openPage({ allow: [] });
    await page.fill('#where', `127.0.0.1:${port}`);
    await page.click('#refused button');
    await page.waitForSelector('#refused output.failed');
    expect(await page.innerText('#refused output')).toBe(`connect EACCES 127.0.0.1:${port}`);
  });

  it('does not take a token a second time', async () => {
    const { page } = await openPage();
    const { token } = await (await fetch(new URL('settings.json', page.url()))).json() as { token: string };
    const offered = ['netstrata.1', `netstrata.token.${Buffer.from(token).toString('base64url')}`];
    const dial = (): Promise<string> => page.evaluate(({ url, offered }) => new Promise((resolve) => {
      const socket = new WebSocket(url, offered);
      socket.onopen = () => { resolve('open'); };
      socket.onclose = () => { resolve('closed'); };
    }), { url: new URL('tunnel', page.url().replace('http', 'ws')).href, offered });
    expect([await dial(), await dial()]).toEqual(['open', 'closed']);
  });
});
