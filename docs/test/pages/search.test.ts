import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { missing, openPage, useBrowser } from '../support/page.js';

useBrowser();

async function openSearch(): Promise<Page> {
  const page = await openPage('/start/addresses.html');
  // Its index is loaded when it is opened.
  await page.click('.VPNavBarSearch button');
  await page.waitForSelector('.VPLocalSearchBox input');
  await page.waitForLoadState('networkidle');
  return page;
}

it.skipIf(missing)('the search finds a page without a network', async () => {
  const page = await openSearch();
  await page.context().setOffline(true);
  await page.fill('.VPLocalSearchBox input', 'longest match');
  const found = page.locator('.VPLocalSearchBox .result').first();
  await found.waitFor();
  expect(await found.getAttribute('href')).toContain('#the-longest-match');
});

it.skipIf(missing)('guides come before the reference, and a name leads to what it is the name of', async () => {
  const page = await openSearch();
  for (const [query, first] of [
    ['graceful shutdown', '/guides/graceful-ends.html'], ['ssrf', '/guides/ssrf.html'], ['connect timeout', '/guides/connections.html'],
    ['createNet', '/reference/net-compat/'], ['publicOnly', '/reference/ip-utils/policy.html#publiconly'],
  ]) {
    await page.fill('.VPLocalSearchBox input', query);
    // The results of the query before are there until those of this one are.
    await page.waitForFunction((start) => document.querySelector('.VPLocalSearchBox .result')?.getAttribute('href')?.startsWith(start), first);
  }
});
