import { chromium } from 'playwright-core';
import { programOf } from './programs.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/**
 * Chromium, with a fresh profile, for tests of pages: `chromium.connect(server.wsEndpoint())`. A string that says why, where it is not to be had.
 * @returns {Promise<import('playwright-core').BrowserServer | string>}
 */
export async function launchChromium() {
  const program = await programOf('chromium');
  if (typeof program === 'string') return `Chromium: ${program}`;
  return chromium.launchServer({ executablePath: program.file, env: { ...process.env, ...program.env }, args: FLAGS });
}
