import { expect, it } from 'vitest';
import { missing, openPage, useBrowser } from '../support/page.js';

useBrowser();

const PAGE = '/reference/ip-utils/cidr.html';

it.skipIf(missing)('shows the type of a name under the pointer, and hides it beside', async () => {
  const page = await openPage(PAGE);
  await page.locator('.typed', { hasText: 'parseCIDR' }).first().hover();
  const box = page.getByRole('status');
  await box.waitFor({ state: 'visible' });
  expect(await box.textContent()).toContain('parseCIDR(text: string');
  await page.mouse.move(0, 0);
  await box.waitFor({ state: 'hidden' });
});

it.skipIf(missing)('keeps a type while the pointer is in it, all of it in the window', async () => {
  const page = await openPage('/packages/ip-utils.html', { viewport: { width: 640, height: 600 } });
  const name = page.locator('.typed', { hasText: 'normalizeAddress' }).first();
  await name.hover();
  const box = page.getByRole('status');
  await box.waitFor({ state: 'visible' });
  await box.hover();
  expect(await box.isVisible()).toBe(true);
  const { x, width } = (await box.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(640 - 8);
});

it.skipIf(missing)('shows types by the arrow keys in a block that has the focus, and Escape hides them', async () => {
  const page = await openPage(PAGE);
  const block = page.locator('pre:has(.typed)').first();
  await block.focus();
  await page.keyboard.press('ArrowRight');
  const box = page.getByRole('status');
  await box.waitFor({ state: 'visible' });
  const first = await box.textContent();
  await page.keyboard.press('ArrowRight');
  expect(await box.textContent()).not.toBe(first);
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'hidden' });
});

it.skipIf(missing)('shows the type of a name that is touched', async () => {
  const page = await openPage(PAGE, { hasTouch: true, viewport: { width: 360, height: 740 } });
  await page.locator('.typed', { hasText: 'merge' }).first().tap();
  await page.getByRole('status').waitFor({ state: 'visible' });
});
