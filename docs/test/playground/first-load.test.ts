import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { missing, site, useBrowser } from '../support/page.js';
import { openPlayground } from './playground.js';

useBrowser();

/** Bytes, gzipped. */
const BUDGET = 200_000;

/** Of another page, fetched ahead when this one is idle. */
const isAhead = (path: string): boolean => /\.md\.[^/]*\.js$/.test(path) && !path.includes('playground');

/** The files that the page has loaded, itself first. A browser asks for an icon whether there is one or not. */
async function loaded(page: Page): Promise<string[]> {
  const paths = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  return ['/playground/index.html', ...new Set(paths.map((path) => decodeURIComponent(path)).filter((path) => !isAhead(path) && existsSync(join(site.outDir, path))))];
}

it.skipIf(missing)('what the playground loads first is small, and the packages come when something is run', async () => {
  const page = await openPlayground();
  const isWorker = (path: string): boolean => /\/assets\/(?:code|addresses)-/.test(path);
  const first = await loaded(page);
  expect(first.filter(isWorker)).toEqual([]);
  expect(first.filter((path) => path.includes('/chunks/playground'))).toHaveLength(1);
  const bytes = first.reduce((sum, path) => sum + gzipSync(readFileSync(join(site.outDir, path))).length, 0);
  expect(bytes).toBeLessThan(BUDGET);
  await page.click('.toolbar .primary');
  await page.waitForSelector('.printed pre');
  expect((await loaded(page)).filter(isWorker)).toHaveLength(1);
});
