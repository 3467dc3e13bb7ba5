import { describe, expect, it } from 'vitest';
import { findings } from '../support/axe.js';
import { COLOURS, KINDS } from '../support/kinds.js';
import { missing, openPage, useBrowser } from '../support/page.js';

useBrowser();

/** In `npm test` one colour for each kind, in turn. */
const coloursOf = (index: number) => (process.env.NETSTRATA_QUICK === '1' ? [COLOURS[index % COLOURS.length]] : COLOURS);

describe.skipIf(missing)('axe finds nothing to complain of, in light and in dark', () => {
  for (const [index, [kind, path]] of KINDS.entries()) {
    it(kind, async () => {
      const page = await openPage(path, { reducedMotion: 'reduce' });
      for (const colorScheme of coloursOf(index)) {
        await page.emulateMedia({ colorScheme });
        await page.waitForFunction((dark) => document.documentElement.classList.contains('dark') === dark, colorScheme === 'dark');
        expect(await findings(page)).toEqual([]);
      }
    });
  }
});
