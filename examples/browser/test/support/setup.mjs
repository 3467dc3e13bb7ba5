import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { launchChromium } from '@netstrata/peers/src/chromium.mjs';
import { openServers } from '../../servers/servers.mjs';

/**
 * Once for all files: the built page, the servers, a browser.
 * @param {import('vitest/node').TestProject} project
 */
export default async function setup(project) {
  const browser = await launchChromium();
  if (typeof browser === 'string') {
    project.provide('browser', { endpoint: '', missing: browser });
    project.provide('servers', {});
    return;
  }
  const [servers] = await Promise.all([openServers(), build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' })]);
  project.provide('browser', { endpoint: browser.wsEndpoint(), missing: '' });
  project.provide('servers', servers.where);
  return async () => {
    await browser.close();
    await servers.close();
  };
}
