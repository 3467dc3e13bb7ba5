import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, mkdirSync } from 'node:fs';
import net from 'node:net';

// Servers refuse to run as root, and need not: there they run as `nobody`.
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Longer than the job can take. After it a server exits, even if we are gone. */
const LIFETIME_S = 3600;
const START_MS = 5 * 60_000;
const STOP_MS = 15_000;

function own(path, mode) {
  if (NOBODY.uid) chownSync(path, NOBODY.uid, NOBODY.gid);
  chmodSync(path, mode);
}

/** Makes a folder that servers may write to and everybody may read. */
export function ownFolder(path) {
  mkdirSync(path);
  own(path, 0o755);
  return path;
}

/** A file that only the server may read. */
export function ownFile(from, to) {
  copyFileSync(from, to);
  own(to, 0o600);
  return to;
}

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer().on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port that is free now, below the range of ephemeral ports, so that no other program gets it by chance before the server does. */
export async function freePort() {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function launch({ file, args, env, cwd }) {
  const child = spawn('timeout', ['--kill-after=10', `${LIFETIME_S}`, file, ...args], { cwd, env: { ...process.env, LC_ALL: 'C', ...env }, ...NOBODY });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said.text = `${said.text}${text}`.slice(-100_000)));
  }
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { child, said, ended };
}

const tail = (text) => text.trim().split('\n').slice(-10).join('\n');

/** Runs a program of a server until it exits. */
export async function runOnce(program, input = '') {
  const { child, said, ended } = launch(program);
  child.stdin.on('error', () => {}).end(input); // how the program ended says more
  const end = await ended;
  if (end !== 'exit code 0') throw new Error(`${program.file}: ${end}\n${tail(said.text)}`);
}

/**
 * Starts a server and waits until it says that it is ready.
 * @param {{ file: string, args: string[], env: Record<string, string>, cwd: string }} program
 * @param {string} ready what it says then
 * @param {NodeJS.Signals} [stopSignal] makes it end at once
 */
export async function startDaemon(program, ready, stopSignal = 'SIGTERM') {
  const { child, said, ended } = launch(program);
  const stop = async () => {
    child.kill(stopSignal);
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), STOP_MS); // `timeout` leads the group
    await ended;
    clearTimeout(timer);
  };
  let timer;
  const started = await new Promise((resolve) => {
    timer = setTimeout(resolve, START_MS, 'it does not get ready');
    void ended.then(resolve);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', () => said.text.includes(ready) && resolve(true));
  });
  clearTimeout(timer);
  if (started === true) return stop;
  await stop();
  throw new Error(`${program.file}: ${started}\n${tail(said.text)}`);
}
