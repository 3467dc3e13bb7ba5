import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './members.mjs';
import { asGroup, listen, signalAll } from './silence.mjs';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** How long a command may say nothing. All that a step runs says something far more often, also on a machine that is four times slower than usual. */
const SILENCE_MS = 10 * 60_000;

/** How long it may take over ending when it is asked to: turbo gives its tasks ten seconds, and nobody else reaches them, for their groups are their own. */
const GRACE_MS = 30_000;

/** What `spawn` starts: the command, with its errors in the pipe of the rest, so that all comes in the order in which it was said. */
function joined(command) {
  // npx is a .cmd file on Windows, so there it takes a shell, too.
  return process.platform === 'win32' ? [[...command, '2>&1'].join(' '), [], { shell: true }] : ['sh', ['-c', 'exec "$@" 2>&1', 'sh', ...command], {}];
}

/** Whoever ends us means all of it, and a group of its own does not hear of Ctrl-C. Returns what undoes this. */
function passOnSignals(child) {
  const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'];
  const undo = () => signals.forEach((signal) => process.off(signal, pass));
  const pass = (signal) => {
    undo();
    signalAll(child.pid, signal);
    process.kill(process.pid, signal);
  };
  signals.forEach((signal) => process.on(signal, pass));
  return undo;
}

/** In the largest unit that makes it a whole number. */
const duration = (ms) => (ms % 60_000 === 0 ? `${ms / 60_000} minutes` : `${ms / 1000} seconds`);

/**
 * Runs a command in the root of the repo with its output on ours. Nothing reads our standard input. It may take as long as it likes, but when
 * it says nothing for too long, it is ended with all that it has started.
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 * @param {{ silenceMs?: number, graceMs?: number }} [limits]
 * @returns {Promise<number>} the exit code; 1 for a signal
 */
export function run(command, env = {}, { silenceMs = SILENCE_MS, graceMs = GRACE_MS } = {}) {
  return new Promise((resolve) => {
    const [file, args, how] = joined(command);
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      ...how,
      ...asGroup,
    });
    let wasSilent = false;
    let last;
    const letGo = () => {
      signalAll(child.pid, 'SIGKILL');
      child.stdout.destroy(); // whoever has left the group may hold it for ever
    };
    const ear = listen(silenceMs, () => {
      wasSilent = true;
      console.error(`${command.join(' ')} said nothing for ${duration(silenceMs)}, and is ended`);
      signalAll(child.pid, 'SIGTERM');
      last = setTimeout(letGo, graceMs);
    });
    const undo = passOnSignals(child);
    child.stdout.on('data', ear.heard).pipe(process.stdout, { end: false });
    child.on('error', (error) => console.error(String(error)));
    child.on('exit', () => {
      if (wasSilent) return;
      // What it leaves behind would hold the pipe, and keep the machine from what comes next.
      signalAll(child.pid, 'SIGKILL');
      last = setTimeout(letGo, graceMs);
    });
    child.on('close', (code, signal) => {
      ear.stop();
      clearTimeout(last);
      undo();
      if (wasSilent) signalAll(child.pid, 'SIGKILL');
      else if (signal) console.error(`${command[0]} was ended by ${signal}`);
      resolve(wasSilent ? 1 : (code ?? 1));
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
