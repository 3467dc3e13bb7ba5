import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const program = fileURLToPath(new URL('fixtures/endings.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netstrata-endings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let marks = 0;

/** What has arrived of a program that ended in the way that `what` says. Its mark is made when all that it wrote is there. */
async function left(moduleName: string, what: string, ...how: string[]): Promise<string> {
  let text = '';
  const mark = join(folder, `${marks++}`);
  const server = createServer((socket) => {
    socket.on('error', () => {}).on('data', (data: Buffer) => {
      text += data.toString();
      if (text === 'ABC') writeFileSync(mark, '');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const child = spawn(process.execPath, [...how, program, moduleName, what, String((server.address() as AddressInfo).port)], { stdio: 'ignore', env: { ...process.env, MARK: mark } });
  await once(child, 'exit');
  await new Promise((resolve) => server.close(resolve));
  return text;
}

/** Several at a time: each waits for processes most of the time. */
async function all(moduleName: string, names: readonly string[], ...how: string[]): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  const rest = [...names];
  const work = async (): Promise<void> => {
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) found.push([name, await left(moduleName, name, ...how)]);
  };
  await Promise.all([work(), work(), work(), work()]);
  return Object.fromEntries(found);
}

const expected: Record<string, string> = {
  'exit': 'ABC',
  'an earlier listener of exit that throws': 'ABC',
  'a listener of exit that throws, put before in the tick': 'ABC',
  'a listener of exit that throws, put before, and another write': 'ABCDE',
  'no listeners of exit': 'ABC',
  'no listeners': 'ABC',
  'no listeners, and another write': 'ABCDE',
  'no listeners of removeListener, then of exit': 'ABC',
  'no listeners from the beginning': 'ABC',
  'an exception': 'ABC',
  'an exception without listeners': 'ABC',
  'an exception that is survived': 'ABC',
  'an exception of which a listener ends the process': 'ABC',
  'a capture callback': 'ABC',
  'a rejection': 'ABC',
  'writes in exit': 'ABCD+E+',
  'exit of a thread': 'ABC',
  'exit of a thread without listeners': 'ABC',
  'an exception in a thread': 'ABC',
  'the descriptor of its handle': 'ABCD',
  'stdio of a child': 'ABCD',
};
const fromInside: Record<string, string> = Object.fromEntries(
  ['kill', 'abort', 'reallyExit', 'spawnSync', 'execFileSync', 'execSync', 'Atomics.wait', 'polling for a file'].map((name) => [name, 'ABC']),
);

describe.skipIf(!existsSync(`${dist}register.cjs`))('what was written has left, in order', { timeout: 60_000 }, () => {
  it('however the tick ends', async () => {
    expect(await all(`${dist}index.cjs`, Object.keys(expected))).toEqual(expected);
  });

  it('under register also when the process is ended or blocked from inside', async () => {
    const names = { ...fromInside, exit: 'ABC', 'no listeners': 'ABC', 'an exception': 'ABC' };
    expect(await all('node:net', Object.keys(names), '--require', `${dist}register.cjs`)).toEqual(names);
  });

  it('under register with intrinsics that are frozen, as far as members can be replaced', async () => {
    const names = { exit: 'ABC', kill: 'ABC', 'polling for a file': 'ABC' };
    expect(await all('node:net', Object.keys(names), '--frozen-intrinsics', '--require', `${dist}register.cjs`)).toEqual(names);
  });
});
