import { describe, expect, it } from 'vitest';
import { KINDS } from '../support/kinds.js';
import { missing, openPage, useBrowser } from '../support/page.js';

useBrowser();

describe.skipIf(missing)('a screen of 360 pixels shows all of a page without scrolling sideways', () => {
  for (const [kind, path] of KINDS) {
    it(kind, async () => {
      const page = await openPage(path, { viewport: { width: 360, height: 740 } });
      // What is wider than the page, for the message.
      const widest = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      expect(widest.scrollWidth).toBe(widest.clientWidth);
    });
  }
});
