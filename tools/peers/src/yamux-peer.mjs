import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { programOf } from './programs.mjs';

const source = fileURLToPath(new URL('yamux/main.go', import.meta.url));
const built = fileURLToPath(new URL('../node_modules/.cache/yamux/', import.meta.url));

/** Compiles the peer, once for each state of its source. @returns {Promise<{ file: string } | string>} where it is, or why it is not */
export async function yamuxPeer() {
  const go = await programOf('go');
  if (typeof go === 'string') return `go: ${go}`;
  const file = join(built, `peer-${Math.floor(statSync(source).mtimeMs)}`);
  if (existsSync(file)) return { file };
  mkdirSync(built, { recursive: true });
  // Below the root of the packages: <root>/usr/bin/go is a link to <root>/usr/lib/go/bin/go.
  const usr = dirname(dirname(go.file));
  const fresh = `${file}-${process.pid}`;
  const env = {
    ...process.env, ...go.env, GOROOT: join(usr, 'lib/go'), GOPATH: join(usr, 'share/gocode'), GO111MODULE: 'off', CGO_ENABLED: '0',
    GOCACHE: join(built, 'cache'), GOFLAGS: '-p=2',
  };
  try {
    await promisify(execFile)(go.file, ['build', '-o', fresh, source], { env, timeout: 240_000 });
    renameSync(fresh, file);
    return { file };
  } catch (error) {
    return `it cannot be compiled: ${`${error.stderr ?? ''}` || error.message}`;
  }
}

/** Runs it. `ask` sends a command, and gives the answer. */
export function startPeer({ file }, side, port) {
  const child = spawn(file, [side, `${port}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = [];
  createInterface(child.stdout).on('line', (line) => answers.shift()?.(line));
  return {
    ask: (command) =>
      new Promise((resolve) => {
        answers.push(resolve);
        child.stdin.write(`${command}\n`);
      }),
    stop: () =>
      new Promise((resolve) => {
        child.on('close', resolve);
        child.kill('SIGKILL');
      }),
    kill: () => child.kill('SIGKILL'),
  };
}
