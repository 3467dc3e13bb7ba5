import { describe, expect, it } from 'vitest';
import { runWorld } from '../src/local/world.js';
import { missing, openPage, useBrowser } from './support/page.js';

describe.skipIf(missing)('without any gateway', () => {
  useBrowser();

  it('a server and two clients talk over a network in memory', async () => {
    const { page } = await openPage({ hash: '#local' });
    await page.fill('#words', 'hello');
    await page.click('#memory button');
    await page.locator('#memory .far', { hasText: /HELLO/ }).waitFor();
    expect(await page.locator('#memory .near span').allInnerTexts()).toEqual(['says “hello”', 'hears “HELLO”']);
    expect(await page.innerText('#carrier-state')).toBe('not dialled yet');
  });

  it('a world of a seed is the same in a page as in Node, event by event', async () => {
    const { page } = await openPage({ hash: '#local' });
    const seed = 5;
    await page.fill('#seed', String(seed));
    await page.click('#world .primary');
    await page.waitForSelector('#world svg');
    const { digest, report, balance } = await runWorld(seed);
    expect(await page.textContent('#world pre')).toBe(report);
    expect(await page.textContent('#world output')).toContain(`3 of 3 payments of 10 confirmed, but the account holds ${balance};`);
    expect(await page.textContent('#world output')).toContain(digest);
  });
});
