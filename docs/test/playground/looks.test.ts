import { expect, it } from 'vitest';
import { findings } from '../support/axe.js';
import { missing, useBrowser } from '../support/page.js';
import { ended, openPlayground, printed, run, show, write } from './playground.js';

useBrowser();

it.skipIf(missing)('axe finds nothing in any kind of example, light and dark, and everything fits into 320 pixels, which is a window of 1280 at 400 %', async () => {
  const page = await openPlayground('#example=first');
  expect(await findings(page, 'main'), 'before a run').toEqual([]);
  for (const example of ['echo', 'forty-lines', 'replicas']) {
    await show(page, `example=${example}`);
    await run(page);
    expect(await findings(page, 'main'), example).toEqual([]);
    await page.setViewportSize({ width: 320, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.setViewportSize({ width: 1280, height: 720 });
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findings(page, 'main'), 'dark').toEqual([]);
});

it.skipIf(missing)('the prompt too', async () => {
  const page = await openPlayground('#example=prompt', { colorScheme: 'dark', viewport: { width: 320, height: 740 } });
  await page.locator('.line').first().click();
  await page.locator('.transcript pre', { hasText: 'version: 6' }).waitFor();
  expect(await findings(page, 'main')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

it.skipIf(missing)('keys alone: Ctrl and Enter run, Tab leads out of the editor, and a fault is added by a form', async () => {
  const page = await openPlayground('#example=first');
  await page.focus('.editor textarea');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.printed pre');
  await ended(page);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.editor'))).toBeNull();

  await page.focus('.controls summary');
  await page.keyboard.press('Enter');
  await page.focus('.controls form button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.faults li');
  await ended(page);
  expect(await page.innerText('.faults li')).toContain('crash');
  expect(await page.locator('.events summary').innerText()).toMatch(/^The \d+ events as a table$/);
});

it.skipIf(missing)('what is typed keeps its indentation', async () => {
  const page = await openPlayground('#example=echo');
  await write(page, '');
  await page.focus('.editor textarea');
  await page.keyboard.type("if (true) {\n  console.log('one');\nconsole.log('two');\n");
  expect(await page.inputValue('.editor textarea')).toBe("if (true) {\n  console.log('one');\n  console.log('two');\n  ");
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('}');
  await run(page);
  expect(await printed(page)).toEqual(['one', 'two']);
});
