import { describe, expect, it } from 'vitest';
import { missing, openPage, useBrowser } from './support/page.js';
import { serve } from './support/servers.js';

describe.skipIf(missing)('a carrier that is cut', () => {
  useBrowser();

  it('resets every connection, and another one is dialled for the next', async () => {
    const port = await serve((socket) => {
      socket.write('hello');
      socket.resume();
    });
    const { page, cut } = await openPage();
    const opened = (): Promise<number> => page.evaluate((port) => {
      const codes = ((globalThis as unknown as { codes: string[] }).codes ??= []);
      return Promise.all([1, 2, 3].map(() => new Promise<void>((resolve) => {
        const socket = net.connect(port, '127.0.0.1').once('data', () => { resolve(); });
        socket.on('end', () => codes.push('end')).on('error', ({ code }: NodeJS.ErrnoException) => codes.push(code!));
      }))).then((all) => all.length);
    }, port);
    expect(await opened()).toBe(3);
    await page.waitForSelector('#carrier[data-state=open]');

    cut();
    await page.waitForFunction('codes.length === 3');
    expect(await page.evaluate('codes')).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
    await page.waitForSelector('#carrier:not([data-state=open])');
    expect(await opened()).toBe(3);
    await page.waitForSelector('#carrier[data-state=open]');
  });
});
