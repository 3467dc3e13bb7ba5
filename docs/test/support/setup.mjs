import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { launchChromium } from '@netstrata/peers/src/chromium.mjs';
import { env, root } from '../../../tools/gate/process.mjs';

const outDir = fileURLToPath(new URL('../../.vitepress/dist', import.meta.url));

/**
 * Once for all files: the built site, served on this machine, and a browser.
 * @param {import('vitest/node').TestProject} project
 */
export default async function setup(project) {
  // `npm test` has built it.
  if (process.env.NETSTRATA_BUILT !== '1') execFileSync('turbo', ['run', 'site', '--output-logs=errors-only'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env, shell: process.platform === 'win32' });
  const site = await preview({ root: fileURLToPath(new URL('../..', import.meta.url)), configFile: false, appType: 'mpa', logLevel: 'warn', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await launchChromium();
  const missing = typeof browser === 'string' ? browser : '';
  project.provide('site', { url: `http://127.0.0.1:${site.httpServer.address().port}`, outDir });
  project.provide('browser', { endpoint: missing ? '' : browser.wsEndpoint(), missing });
  return async () => {
    if (!missing) await browser.close();
    await site.close();
  };
}
