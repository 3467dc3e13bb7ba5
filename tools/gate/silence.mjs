import { spawnSync } from 'node:child_process';

// What hangs says nothing. What is slow does, so there is no limit on how long a command takes, only on how long it is silent.

const isWindows = process.platform === 'win32';

/** Silence is counted in turns of our own: when this process was stopped, or its terminal was, that was nobody's silence. */
const TURNS = 100;

/** @param {number} limitMs @param {() => void} onSilence called once, when `heard` was not called for so long */
export function listen(limitMs, onSilence) {
  let quiet = 0;
  const timer = setInterval(() => {
    if (++quiet < TURNS) return;
    clearInterval(timer);
    onSilence();
  }, limitMs / TURNS);
  return { heard: () => (quiet = 0), stop: () => clearInterval(timer) };
}

/** Options of `spawn` with which `signalAll` reaches what the child starts, too: a process group of its own. On Windows it would be a window. */
export const asGroup = { detached: !isWindows };

/** Sends a signal to a child and to all that it has started. Windows knows no signals: there it is the end. @param {number} pid @param {NodeJS.Signals} signal */
export function signalAll(pid, signal) {
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // None of them is left.
  }
}
