import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { programOf } from '@netstrata/peers/src/programs.mjs';
import { openServers } from '../../servers/servers.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/**
 * Once for all files: the built page, the servers, a browser with a fresh profile.
 * @param {import('vitest/node').TestProject} project
 */
export default async function setup(project) {
  const program = await programOf('chromium');
  if (typeof program === 'string') {
    project.provide('browser', { endpoint: '', missing: `Chromium: ${program}` });
    project.provide('servers', {});
    return;
  }
  const [browser, servers] = await Promise.all([
    chromium.launchServer({ executablePath: program.file, env: { ...process.env, ...program.env }, args: FLAGS }),
    openServers(),
    build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' }),
  ]);
  project.provide('browser', { endpoint: browser.wsEndpoint(), missing: '' });
  project.provide('servers', servers.where);
  return async () => {
    await browser.close();
    await servers.close();
  };
}
