import { expect, it } from 'vitest';
import { LINES } from '../../playground/src/prompt.js';
import { missing, useBrowser } from '../support/page.js';
import { openPlayground } from './playground.js';

useBrowser();

it.skipIf(missing)('each line that can be clicked has a value, and arrows bring lines back', async () => {
  const page = await openPlayground('#example=prompt');
  const answers = page.locator('.transcript pre');
  for (const [index, line] of LINES.flatMap(({ lines }) => lines).entries()) {
    await page.locator('.line').nth(index).click();
    await page.waitForFunction((count) => {
      const shown = document.querySelectorAll('.transcript pre');
      return shown.length === count && shown[count - 1].textContent !== '…';
    }, index + 1);
    expect(await answers.last().getAttribute('class'), line).toBe('');
  }
  const texts = await answers.allInnerTexts();
  for (const text of ["'64:ff9b::10.0.0.1'", "{ host: '::1', port: 80 }", "'link-local'", "[ '10.0.0.0/23' ]", '79228162514264337593543950336n', "{ allowed: false, rule: '10.9.0.0/16' }"]) expect(texts).toContain(text);

  await page.fill('.prompt input', 'nothing(1)');
  await page.press('.prompt input', 'Enter');
  await page.locator('.transcript pre.failed', { hasText: 'ReferenceError: nothing is not defined' }).waitFor();
  await page.press('.prompt input', 'ArrowUp');
  expect(await page.inputValue('.prompt input')).toBe('nothing(1)');
});
