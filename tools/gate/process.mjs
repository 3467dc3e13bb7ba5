import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Builtins only, as this installs everything else.

export const root = fileURLToPath(new URL('../../', import.meta.url));

const isWindows = process.platform === 'win32';

/** A hanging process prints nothing; a slow one does, on any machine. So the only limit is on silence. */
const SILENCE_MINUTES = Number(process.env.NETSTRATA_SILENCE ?? 10);

/** How long a process may take to end when asked to. */
const GRACE_MS = 10_000;

/** Silence is counted in turns of our own timer, so that time in which this process or its terminal was stopped does not count. */
const TURNS = 100;

/** Calls `onSilence` when `heard` has not been called for that long. */
function listen(limitMs, onSilence) {
  let quiet = 0;
  const timer = setInterval(() => {
    if (++quiet < TURNS) return;
    clearInterval(timer);
    onSilence();
  }, limitMs / TURNS);
  return { heard: () => (quiet = 0), stop: () => clearInterval(timer) };
}

/** The id of every process, with its parent's. */
function processes() {
  if (existsSync('/proc/self/stat')) {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      try {
        // The part in parentheses is the name of the process, which may contain parentheses.
        return [[Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[1])]];
      } catch {
        return []; // It has ended.
      }
    });
  }
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return (stdout ?? '').trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
}

/** A process and all that it has started, in any process group. */
function family(pid) {
  const pairs = processes();
  const found = [pid];
  for (const one of found) found.push(...pairs.filter(([, parent]) => parent === one).map(([child]) => child));
  return found;
}

/** Sends a signal to a process and its descendants, and to its process group: a child whose parent has ended is only found by the group. */
function signalAll(pids, signal) {
  if (isWindows) spawnSync('taskkill', ['/pid', String(pids[0]), '/t', '/f'], { stdio: 'ignore' });
  else {
    for (const target of [-pids[0], ...pids]) {
      try {
        process.kill(target, signal);
      } catch {
        // It has ended.
      }
    }
  }
}

/** What must not be left behind when a signal ends this process. @type {Set<() => void>} */
export const cleanups = new Set();

/** A signal that ends us must end everything that we started, and another process group does not get Ctrl-C. Returns a function that undoes this. */
function passOnSignals(child) {
  const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'];
  const undo = () => signals.forEach((signal) => process.off(signal, pass));
  const pass = (signal) => {
    undo();
    signalAll(family(child.pid), signal);
    for (const clean of cleanups) clean();
    process.kill(process.pid, signal);
  };
  signals.forEach((signal) => process.on(signal, pass));
  return undo;
}

/** On Windows commands are files that only its shell can run, and the shell splits the arguments. */
const quoted = (part) => (isWindows && /\s/.test(part) ? `"${part}"` : part);

/** A duration, in the largest unit that makes it a whole number. */
const duration = (ms) => (ms % 60_000 === 0 ? `${ms / 60_000} minutes` : `${ms / 1000} seconds`);

/** Passes whole lines to `say`. */
function inLines(say) {
  let rest = '';
  return {
    add(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) say(line);
    },
    end: () => rest !== '' && say(rest),
  };
}

/** The programs of the workspace, pnpm among them, come before those of the machine. */
export const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...(!process.stdout.isTTY && { NO_COLOR: '1', FORCE_COLOR: '0' }) };

/**
 * Runs a command in the root of the repo. It gets none of our standard input. It has no time limit, but if it prints nothing for too
 * long, it is ended with all that it has started. Processes that it leaves behind when it ends are ended too.
 * @param {string[]} command
 * @param {{ env?: Record<string, string>, say?: (line: string) => void, silenceMs?: number, graceMs?: number }} [options]
 *   `say` is given each line of its output and errors; they are printed when it is not given
 * @returns {Promise<number>} the exit code; 1 for a signal
 */
export function run([file, ...args], { env: more = {}, say = console.log, silenceMs = SILENCE_MINUTES * 60_000, graceMs = GRACE_MS } = {}) {
  return new Promise((resolve) => {
    const child = spawn(quoted(file), args.map(quoted), { cwd: root, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'], detached: !isWindows, shell: isWindows });
    let ended = null;
    let last;
    const letGo = () => {
      signalAll(ended ?? [child.pid], 'SIGKILL');
      // A process that has left the group may hold them for ever.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const ear = listen(silenceMs, () => {
      say(`${[file, ...args].join(' ')} said nothing for ${duration(silenceMs)}, and is ended. NETSTRATA_SILENCE=${2 * SILENCE_MINUTES} gives it ${2 * SILENCE_MINUTES} minutes.`);
      ended = family(child.pid);
      signalAll(ended, 'SIGTERM');
      last = setTimeout(letGo, graceMs);
    });
    const undo = passOnSignals(child);
    for (const stream of [child.stdout, child.stderr]) {
      const lines = inLines(say);
      stream.setEncoding('utf8').on('data', ear.heard).on('data', lines.add).on('close', lines.end);
    }
    child.on('error', (error) => say(String(error)));
    child.on('exit', () => {
      if (ended === null) signalAll([child.pid], 'SIGKILL');
      last ??= setTimeout(letGo, graceMs);
    });
    child.on('close', (code, signal) => {
      ear.stop();
      clearTimeout(last);
      undo();
      if (ended !== null) signalAll(ended, 'SIGKILL');
      else if (signal) say(`${file} was ended by ${signal}`);
      resolve(ended === null ? (code ?? 1) : 1);
    });
  });
}
