import net from 'node:net';
import type { Net } from '@netstrata/net-compat/core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';
import { openSite } from '../../servers/site.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** How to reach Chromium; empty where it is not to be had, and why. */
    browser: { endpoint: string; missing: string };
    /** Where servers are, by their names: those that are there. */
    servers: Partial<Record<string, { host: string; port: number }>>;
  }
}

declare global {
  /** The page's, in functions that run there; Node's own in this process. */
  var net: Net;
}
Object.assign(globalThis, { net });

/** Why there is no browser. Null where there is one. */
export const missing = inject('browser').missing || null;

let browser: Browser;

/** For files whose tests open pages. */
export function useBrowser(): void {
  if (missing !== null) return;
  beforeAll(async () => { browser = await chromium.connect(inject('browser').endpoint); });
  afterAll(() => browser.close());
}

/** Says what to do when the test, or the file, is over. */
type CleanUp = (task: () => unknown) => void;

/** Stands before a site, and can cut what passes. */
async function relay(port: number, cleanUp: CleanUp): Promise<{ port: number; cut: () => void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on('error', () => to.resetAndDestroy()).on('close', () => sockets.delete(from)).pipe(to);
    }
  });
  const cut = (): void => { for (const socket of sockets) socket.resetAndDestroy(); };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp(() => {
    cut();
    server.close();
  });
  return { port: (server.address() as net.AddressInfo).port, cut };
}

interface Opened {
  readonly page: Page;
  /** Cuts all that leads from the page to its site. */
  readonly cut: () => void;
}

const atEnd: CleanUp = (task) => { onTestFinished(async () => { await task(); }); };

/** Opens the page of a site of its own. What fails in the page fails the test. */
export async function openPage({ hash = '', cleanUp = atEnd, allow = ['127.0.0.1'] }: { hash?: string; cleanUp?: CleanUp; allow?: string[] } = {}): Promise<Opened> {
  const site = await openSite(inject('servers'), { allow });
  cleanUp(() => site.close());
  const { port, cut } = await relay(Number(new URL(site.url).port), cleanUp);
  const page = await browser.newPage();
  cleanUp(() => page.close());
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  cleanUp(() => { expect(errors).toEqual([]); });
  await page.goto(`http://127.0.0.1:${port}/${hash}`);
  await page.waitForSelector('html[data-ready]');
  return { page, cut };
}

/** One page for all tests of a file: they use connections of their own. */
export function usePage(): { page: Page } {
  useBrowser();
  const tasks: (() => unknown)[] = [];
  const opened = { page: null as unknown as Page };
  if (missing !== null) return opened;
  beforeAll(async () => { opened.page = (await openPage({ cleanUp: (task) => void tasks.unshift(task) })).page; });
  afterAll(async () => { for (const task of tasks) await task(); });
  return opened;
}

/** Runs a function in the page and in this process, whose `net` is Node's own: what comes of it has to be the same. */
export async function both<A, R>(page: Page, run: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
  const inPage = await page.evaluate(run as never, argument) as R;
  expect(inPage).toEqual(await run(argument));
  return inPage;
}
