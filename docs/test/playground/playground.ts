import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openPage } from '../support/page.js';

/** The source of an example. */
export function sourceOf(name: string): string {
  return readFileSync(new URL(`../../playground/examples/${name}.ts`, import.meta.url), 'utf8');
}

/** Opens the playground. Nothing moves in it: a timeline is there at once. */
export async function openPlayground(fragment = '', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(`/playground/${fragment}`, { reducedMotion: 'reduce', ...options });
  await page.waitForSelector('.playground[data-ready]');
  return page;
}

/** Shows another example, as from a link. */
export async function show(page: Page, fragment: string): Promise<void> {
  await page.evaluate((hash) => { location.hash = hash; }, fragment);
  const example = new URLSearchParams(fragment).get('example')!;
  await page.waitForFunction((id) => {
    const isThere = document.querySelector<HTMLSelectElement>('.toolbar select')?.value === id;
    return isThere && document.querySelector('.status')?.textContent === 'Not run yet.';
  }, example);
}

/** Presses Run, and waits for the end. What the page says of it. */
export async function run(page: Page): Promise<string> {
  await page.click('.toolbar .primary');
  return ended(page);
}

export async function ended(page: Page): Promise<string> {
  await page.waitForSelector('.toolbar .primary');
  return page.innerText('.status');
}

export async function printed(page: Page): Promise<string[]> {
  return page.locator('.printed pre').allInnerTexts();
}

/** Types another program into the editor. */
export async function write(page: Page, code: string): Promise<void> {
  await page.fill('.editor textarea', code);
}

/** Has the page make a link. */
export async function linkOf(page: Page): Promise<string> {
  await page.click('.playground button:text-is("Share")');
  return page.inputValue('.link input');
}
