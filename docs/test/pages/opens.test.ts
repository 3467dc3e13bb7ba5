import { expect, it } from 'vitest';
import { missing, openPage, useBrowser } from '../support/page.js';

useBrowser();

it.skipIf(missing)('the first page names the project', async () => {
  const page = await openPage('/');
  expect(await page.title()).toContain('netstrata');
  expect(await page.textContent('h1')).toContain('netstrata');
});
