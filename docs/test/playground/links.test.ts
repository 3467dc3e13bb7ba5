import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { missing, useBrowser } from '../support/page.js';
import { linkOf, openPlayground, printed, run, show, write } from './playground.js';

useBrowser();

it.skipIf(missing)('code that came with a link is shown, and not run before the reader presses Run', async () => {
  const page = await openPlayground('#example=echo');
  await write(page, "console.log('from a stranger')");
  const link = await linkOf(page);
  await show(page, 'example=links');
  await page.goto(link);
  await page.waitForSelector('.pg-note');
  expect(await page.innerText('.pg-note')).toBe('This code came with the link, and has not been run. Read it, then press Run.');
  expect(await page.inputValue('.editor textarea')).toBe("console.log('from a stranger')");
  expect([await page.locator('iframe').count(), await printed(page), await page.innerText('.status')]).toEqual([0, [], 'Not run yet.']);
  await run(page);
  expect(await printed(page)).toEqual(['from a stranger']);
  expect(await page.locator('.pg-note').count()).toBe(0);
});

it.skipIf(missing)('a change of the world of such a link runs nothing either', async () => {
  const page = await openPlayground('#example=first');
  await write(page, "export default () => console.log('from a stranger')");
  await page.goto(await linkOf(page));
  await page.reload();
  await page.click('button:text-is("Next seed")');
  await page.waitForFunction(() => location.hash.includes('seed=2'));
  expect(await page.locator('iframe').count()).toBe(0);
});

it.skipIf(missing)('lines of the prompt that came with a link wait as well', async () => {
  const page = await openPlayground('#example=prompt');
  await page.fill('.prompt input', "classify('10.0.0.1')");
  await page.press('.prompt input', 'Enter');
  await page.waitForFunction(() => location.hash.includes('lines='));
  await page.reload();
  await page.waitForSelector('.prompt .pg-note');
  expect(await page.innerText('.prompt .pg-note pre')).toBe("classify('10.0.0.1')");
  expect(await page.locator('.transcript pre').count()).toBe(0);
  await page.click('.prompt .pg-note button');
  await page.waitForFunction(() => document.querySelector('.transcript pre')?.textContent === "'private'");
});

const BAD: readonly (readonly [string, string])[] = [
  ['example=echo&code=AAAA', 'This link is damaged'],
  ['example=first&faults=%7B', 'This link is damaged'],
  ['example=first&seed=many', 'This link has no number for seed, but “many”.'],
  ['example=nobody', 'This link is for an example that is not here: “nobody”.'],
  [`example=echo&code=${'A'.repeat(40_000)}`, 'This link is too long'],
];

/** As links hold it. */
const packed = (text: string | Uint8Array): string => deflateRawSync(text).toString('base64url');
const faults = (json: string): string => `example=first&faults=${packed(json)}`;

const HOSTILE: readonly (readonly [string, string])[] = [
  [faults('[{"kind":"link","at":1,"from":"a","to":"b","link":null}]'), 'This link is damaged'],
  [faults('[{"kind":"crash","at":1,"for":1,"host":{"toString":1}}]'), 'This link is damaged'],
  [faults('[{"kind":"crash","at":1e999,"for":1,"host":"a"}]'), 'This link is damaged'],
  [faults('[{"kind":"crash","at":1,"for":1,"host":"a","__proto__":{}}]'), 'This link is damaged'],
  [`example=echo&code=${packed(Uint8Array.of(0xff, 0xfe))}`, 'This link is damaged'],
  [`example=echo&code=${packed('a\n'.repeat(10_000_000))}`, 'What this link holds is too large: 20000 characters is the most.'],
  [`example=echo&code=${packed('\n'.repeat(1001))}`, 'What this link holds is too large: 1000 lines is the most.'],
  [`example=echo&code=${packed('a'.repeat(2001))}`, 'A line in this link is too long: 2000 characters is the most.'],
];

it.skipIf(missing)('a link that is damaged or too long says so, and shows an example', async () => {
  const page = await openPlayground('#example=echo');
  for (const [fragment, message] of [...BAD, ...HOSTILE]) {
    await page.evaluate((hash) => { location.hash = hash; }, fragment);
    await page.waitForFunction((text) => document.querySelector('[role=alert]')?.textContent.includes(text), message);
    expect(await page.inputValue('.editor textarea')).toContain('A world: two hosts');
  }
});
