import { getDriver } from '@netstrata/handles';
import { media } from './media.js';
import { play } from './play.js';
import { runtime } from './runtime.js';
import { createScreen } from './screen.js';

const LIMIT_MS = 60_000;

// Whatever ends the process before the last line is a failure.
process.exitCode = 1;
const screen = createScreen(process.stdout);
const giveUp = (error: unknown): never => {
  screen.failed('not expected', error);
  process.exit(1);
};
process.on('uncaughtException', giveUp);
const watchdog = setTimeout(() => giveUp(`still not done after ${LIMIT_MS / 1000} s`), LIMIT_MS);

const handles = getDriver().name === 'libuv' ? "libuv's handles" : 'node:net (the host driver)';
screen.heading(`${runtime()} on ${process.platform} ${process.arch}, over ${handles}`);
const failures = await play(media, screen);

clearTimeout(watchdog);
// Nothing is left open, so the process ends by itself.
process.exitCode = failures === 0 ? 0 : 1;
