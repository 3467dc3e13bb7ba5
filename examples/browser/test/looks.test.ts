import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { missing, openPage, useBrowser } from './support/page.js';

const SHAPES = {
  light: { width: 1100, colorScheme: 'light' },
  dark: { width: 1100, colorScheme: 'dark' },
  narrow: { width: 360, colorScheme: 'light' },
} as const;

/** The section of each server. */
const SECTIONS: Record<string, string> = { postgres: 'postgres', redis: 'redis', mosquitto: 'mqtt', smtp: 'mail' };

/** `npm test` takes none. */
const isQuick = process.env.NETSTRATA_QUICK === '1';
const picture = (name: string): string => fileURLToPath(new URL(`../screenshots/${name}.png`, import.meta.url));

describe.skipIf(missing)('how the page looks', () => {
  useBrowser();

  it('is used by keys: arrows change the tab and keep the focus, and the first run of a world is there', async () => {
    const { page } = await openPage();
    await page.focus('#tab-tunnel');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('#world svg');
    expect(await page.evaluate('document.activeElement.id')).toBe('tab-local');
    expect(await page.isVisible('#tunnel')).toBe(false);
    await page.goBack();
    expect(await page.isVisible('#tunnel')).toBe(true);
  });

  it('everything fits, light, dark and narrow', async () => {
    const { page } = await openPage();
    const picturesOf = async (tab: string): Promise<void> => {
      for (const [name, { width, colorScheme }] of Object.entries(SHAPES)) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        if (!isQuick) await page.screenshot({ path: picture(`${name}-${tab}`), fullPage: true });
      }
    };
    for (const [server, section] of Object.entries(SECTIONS)) if (inject('servers')[server]) await page.click(`#${section} button`);
    await page.click('#refused button');
    await page.click('#listen button');
    await expect.poll(() => page.locator('output', { hasText: '…' }).count()).toBe(0);
    await picturesOf('gateway');

    await page.click('#tab-local');
    await page.waitForSelector('#world svg');
    await page.click('#memory button');
    await page.locator('#memory .far', { hasText: /HELLO/ }).waitFor();
    await picturesOf('local');
  });
});
