import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './members.mjs';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Silence after which a step is taken for hanging. How long it takes in all depends on the machine, and says nothing. */
const QUIET_MS = 10 * 60_000;
/** How long output may still come when the command itself is over: something it has started may hold on to it. */
const REST_MS = 5000;

const isWindows = process.platform === 'win32';

/** Ends a command with everything that it has started. @param {import('node:child_process').ChildProcess} child */
function end(child) {
  if (isWindows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
}

/**
 * Runs a command in the root of the repo with its output on ours. Nothing reads our standard input.
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 * @param {number} [quietMs] ends it when it has said nothing for so long
 * @returns {Promise<number>} the exit code; 1 for a signal
 */
export function run([file, ...args], env = {}, quietMs = QUIET_MS) {
  return new Promise((resolve) => {
    const colors = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: process.env.FORCE_COLOR ?? '1' } : {};
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...colors, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows, // npx is a .cmd file there
      // A group of its own, so that it can be ended with all its children.
      detached: !isWindows,
    });
    const quiet = setTimeout(() => {
      console.error(`${[file, ...args].join(' ')} has said nothing for ${Math.round(quietMs / 1000)} s, and was ended`);
      end(child);
    }, quietMs);
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.on('data', (text) => {
        quiet.refresh();
        to.write(text);
      });
    }
    const interrupted = (signal) => {
      end(child);
      process.kill(process.pid, signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.once(signal, interrupted);
    const settle = (code) => {
      clearTimeout(quiet);
      for (const signal of signals) process.off(signal, interrupted);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(String(error));
      settle(1);
    });
    child.on('exit', (code, signal) => {
      if (signal) console.error(`${file} was ended by ${signal}`);
      const rest = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, REST_MS);
      child.once('close', () => {
        clearTimeout(rest);
        settle(code ?? 1);
      });
    });
  });
}

/** The pnpm that package.json names; npx fetches it once. Turbo finds it on the PATH that npx makes. */
export function pnpm(...args) {
  return ['npx', '--yes', packageManager, ...args];
}

export function turbo(...args) {
  return pnpm('exec', 'turbo', 'run', ...args);
}
