import { simulate, type World } from '@netstrata/simulation';
import { afterEach, expect, it, vi } from 'vitest';
import bank from '../../playground/examples/worlds/bank.js';
import first from '../../playground/examples/worlds/first.js';
import reconnect from '../../playground/examples/worlds/reconnect.js';
import replicas from '../../playground/examples/worlds/replicas.js';
import { missing, useBrowser } from '../support/page.js';
import { ended, linkOf, openPlayground, printed, run, show } from './playground.js';

useBrowser();
afterEach(() => { vi.restoreAllMocks(); });

/** The digest of the same run in this process. */
async function digestHere(scenario: (world: World) => Promise<unknown>, options: Parameters<typeof simulate>[0]): Promise<string> {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const world = simulate(options);
  await world.run(scenario).catch(() => {});
  world.close();
  return world.timeline.digest;
}

const crash = { kind: 'crash', at: 450, for: 250, host: 'server' } as const;
const partition = { kind: 'partition', at: 0, for: 300, from: 'app', to: 'west' } as const;

it.skipIf(missing)('each world is, event by event, the one that Node runs', async () => {
  const page = await openPlayground('#example=first');
  expect(await run(page)).toContain(`hash ${await digestHere(first, { seed: 1, link: { latency: 20, jitter: 0, loss: 0 } })}`);
  expect(await printed(page)).toEqual(['80 ms: you said one', '160 ms: you said two']);
  expect(await page.locator('.timeline .flight').count()).toBe(8);

  await show(page, 'example=reconnect');
  expect(await run(page)).toContain(await digestHere(reconnect, { seed: 1, link: { latency: 20, jitter: 0, loss: 0 }, faults: [crash] }));
  expect(await printed(page)).toEqual(['40 ms: connected', '680 ms: closed', '770 ms: connected']);
  expect(await page.locator('.timeline .note.down').innerHTML()).toBe('crashed');

  await show(page, 'example=replicas');
  expect(await run(page)).toContain(await digestHere(replicas, { seed: 1, link: { latency: 20, jitter: 5, loss: 0 }, faults: [partition] }));
  expect(await page.innerText('.failure')).toContain('what was written is not there');
  expect(await page.locator('.pce-line.failed').innerText()).toContain("throw new Error('what was written is not there')");

  await show(page, 'example=bank&seed=7');
  expect(await run(page)).toContain(await digestHere(bank, { seed: 7, link: { latency: 20, jitter: 15, loss: 0 } }));
  expect(await printed(page)).toEqual(['paid: true, balance: 5']);
});

it.skipIf(missing)('a click on a lane lets its host crash, one between two lanes cuts their link, and the link replays that', async () => {
  const page = await openPlayground('#example=first&latency=30');
  await run(page);
  const panel = page.locator('svg.timeline');
  const lane = await page.locator('.timeline .lane').first().getAttribute('x1');
  await panel.click({ position: { x: Number(lane) + 3, y: 120 } });
  await page.click('.menu button:text("Crash")');
  await ended(page);
  expect(await page.locator('.faults b').allInnerTexts()).toEqual(['crash']);
  await panel.click({ position: { x: Number(lane) + 150, y: 60 } });
  await page.click('.menu button:text("Partition")');
  const status = await ended(page);
  expect(await page.locator('.faults b').allInnerTexts()).toEqual(['crash', 'partition']);
  expect(await page.locator('.timeline .fault').count()).toBe(2);

  const link = await linkOf(page);
  await page.reload();
  await page.waitForSelector('.playground[data-ready]');
  expect(page.url()).toBe(link);
  expect(await page.innerText('.status')).toBe('Not run yet.');
  expect(await run(page)).toBe(status);
});

it.skipIf(missing)('100 seeds find a world that fails, and show the smallest: its link fails in the same way', async () => {
  const page = await openPlayground('#example=bank');
  await page.click('button:text-is("Explore 100 seeds")');
  await page.waitForFunction(() => document.querySelector('.status')?.textContent.startsWith('Failed after'));
  const status = await ended(page);
  expect(await page.innerText('.failure')).toMatch(/the balance is 1[05]$/);
  expect(await page.innerText('.side > .pg-note')).toMatch(/^World \d+ failed\. This is the smallest that still does: seed \d+, one fault\.$/);
  expect(status).toMatch(/^Failed after .* hash [\da-f]{16}\.$/);
  await page.reload();
  await page.waitForSelector('.playground[data-ready]');
  expect(await run(page)).toBe(status);
});
