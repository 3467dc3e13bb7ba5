import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COLOURS, KINDS } from '../support/kinds.js';
import { missing, openPage, useBrowser } from '../support/page.js';

/** To look at: `NETSTRATA_PICTURES=1 npm test` in docs/ keeps them here. The first screens of a page, not all of a long one. */
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/pictures/', import.meta.url));
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 360, height: 740 } } as const;
const SCREENS = 4;

useBrowser();

describe.skipIf(missing)('pictures of pages', () => {
  mkdirSync(FOLDER, { recursive: true });
  for (const [kind, path] of KINDS) {
    for (const colorScheme of COLOURS) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        it(`${kind}, ${colorScheme}, ${size}`, async () => {
          const page = await openPage(path, { colorScheme, viewport, reducedMotion: 'reduce' });
          const whole = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width: viewport.width, height: Math.min(whole, SCREENS * viewport.height) });
          const picture = await page.screenshot({ path: join(FOLDER, `${kind}-${colorScheme}-${size}.png`) });
          expect(picture.length).toBeGreaterThan(1000);
        });
      }
    }
  }
});
