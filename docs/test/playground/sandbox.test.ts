import { expect, it } from 'vitest';
import { missing, useBrowser } from '../support/page.js';
import { ended, openPlayground, printed, run, write } from './playground.js';

useBrowser();

it.skipIf(missing)('Stop ends an endless loop, and the page can be used meanwhile', async () => {
  const page = await openPlayground('#example=echo');
  await write(page, "console.log('begin');\nfor (;;);");
  await page.click('.toolbar .primary');
  await page.waitForFunction(() => document.querySelector('.printed pre')?.textContent === 'begin');
  await page.click('.toolbar .stop');
  expect(await ended(page)).toBe('Stopped.');
  await write(page, "console.log('after it')");
  await run(page);
  expect(await printed(page)).toEqual(['after it']);
});

it.skipIf(missing)('a program has no origin, no storage, no network and no page', async () => {
  const page = await openPlayground('#example=echo');
  await page.evaluate(() => { document.cookie = 'secret=1'; localStorage.secret = '1'; });
  await write(page, `
const attempts = {
  origin: () => self.origin,
  page: () => typeof document + typeof localStorage,
  database: () => new Promise((resolve, reject) => { const request = indexedDB.open('a'); request.onsuccess = resolve; request.onerror = () => reject(request.error); }),
  caches: () => caches.keys(),
  fetch: () => fetch('${new URL(page.url()).origin}/'),
  script: () => importScripts('${new URL(page.url()).origin}/x.js'),
  socket: () => new Promise((resolve, reject) => { const socket = new WebSocket('ws://127.0.0.1:9/'); socket.onopen = resolve; socket.onerror = () => reject(new Error('no socket')); }),
};
for (const [name, attempt] of Object.entries(attempts)) {
  try { console.log(name, await attempt()); } catch (error) { console.log(name, 'refused'); }
}`);
  await run(page);
  expect(await printed(page)).toEqual(['origin null', 'page undefinedundefined', 'database refused', 'caches refused', 'fetch refused', 'script refused', 'socket refused']);
});

/** Gets at the port of the worker, by which all that it says goes to the page. */
const AT_THE_PORT = `
const own = MessagePort.prototype.postMessage;
const port = await new Promise((resolve) => { MessagePort.prototype.postMessage = function (...args) { resolve(this); return own.apply(this, args); }; console.log('begin'); });
const send = (report) => own.call(port, JSON.stringify(report));
`;

it.skipIf(missing)('what a program sends past its console is taken for what it is, or not at all', async () => {
  const page = await openPlayground('#example=forty-lines');
  await write(page, `${AT_THE_PORT}
send({ type: 'rules', titles: ['1: a rule', null, {}] });
send({ type: 'rule', index: '__proto__', error: 'polluted' });
send({ type: 'rule', index: 99, error: 'none' });
send({ type: 'events', hosts: [{ name: {} }, null], entries: [{ at: 'now', host: 1 }, null] });
send({ type: 'ran', faults: [{ kind: 'link', at: 1, link: null }] });
send({ type: 'print', level: 'pg-card', text: '<b>bold</b>' });
own.call(port, 'no JSON');
send({ type: 'over', text: 'All sent.' });
await new Promise(() => { setTimeout(() => {}, 10_000); });`);
  expect(await run(page)).toBe('All sent.');
  expect(await page.locator('.printed pre').evaluateAll((all) => all.map((one) => `${one.getAttribute('class')}: ${one.textContent}`))).toEqual(['log: begin', 'log: <b>bold</b>']);
  expect(await page.evaluate(() => Object.keys(Array.prototype))).toEqual([]);
});

it.skipIf(missing)('a program that prints without end is stopped, and a text without end is shortened', async () => {
  const page = await openPlayground('#example=echo');
  await write(page, "console.log('x'.repeat(1e8));");
  await run(page);
  expect(await printed(page)).toEqual([`${'x'.repeat(10_000)}… and 99990000 characters more`]);
  for (const code of ["for (;;) console.log('again');", `${AT_THE_PORT} for (;;) send({ type: 'events', hosts: [], entries: [{}] });`, `${AT_THE_PORT} for (;;) own.call(port, new Uint8Array(1e6));`]) {
    await write(page, code);
    expect(await run(page)).toBe('Stopped: it has said more than this page can show.');
  }
});

it.skipIf(missing)('errors name their line: of TypeScript, of a listener, of a rejection', async () => {
  const page = await openPlayground('#example=echo');
  for (const [code, line, message] of [
    ['const a: number = 1;\n\nconst = 2;', 3, 'SyntaxError'],
    ["import net from 'node:net';\nnet.createServer().on('listening', () => {\n  throw new Error('in a listener');\n}).listen(1);", 3, 'Error: in a listener'],
    ["\nawait null;\nthrow new TypeError('at last');", 3, 'TypeError: at last'],
    ["import fs from 'node:fs';\nfs.rmSync('/');", 1, "There is no 'node:fs' in this page"],
  ] as const) {
    await write(page, code);
    await run(page);
    expect(await page.innerText('.failure pre')).toContain(message);
    const marked = await page.locator('.pce-line').evaluateAll((lines) => lines.findIndex((one) => one.classList.contains('failed')) + 1);
    expect(marked, code).toBe(line);
  }
});
