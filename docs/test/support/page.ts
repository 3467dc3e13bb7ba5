import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The built site: where it is served, and the folder. */
    site: { url: string; outDir: string };
    /** How to reach Chromium; empty where it is not to be had, and why. */
    browser: { endpoint: string; missing: string };
  }
}

export const site = inject('site');

/** Why there is no browser. Null where there is one. */
export const missing = inject('browser').missing || null;

let browser: Browser;

/** For files whose tests open pages. */
export function useBrowser(): void {
  if (missing !== null) return;
  beforeAll(async () => { browser = await chromium.connect(inject('browser').endpoint); });
  afterAll(() => browser.close());
}

/** Opens a page of the site, as `/guides/ssrf.html`. What fails in it, and what it asks other hosts for, fails the test. */
export async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.stack ?? String(error)));
  page.on('request', (request) => {
    if (/^(?:https?|wss?):/.test(request.url()) && !request.url().startsWith(site.url)) faults.push(`asks for ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(site.url + path);
  return page;
}
