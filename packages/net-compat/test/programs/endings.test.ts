import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const program = fileURLToPath(new URL('../fixtures/endings.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netstrata-endings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let marks = 0;

interface How {
  readonly moduleName: string;
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** What has arrived of a program that ended in the way that `what` says, by connection. Its mark is made when all that it wrote is there. */
async function left(what: string, { moduleName, flags = [], env = {} }: How): Promise<string> {
  const texts: string[] = [];
  const mark = join(folder, `${marks++}`);
  const server = createServer((socket) => {
    const at = texts.push('') - 1;
    socket.on('error', () => {}).on('data', (data: Buffer) => {
      texts[at] += data.toString();
      if (texts[at] === 'ABC') writeFileSync(mark, '');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const args = [...flags, program, moduleName, what, String((server.address() as AddressInfo).port)];
  await once(spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, MARK: mark, ...env } }), 'exit');
  // The system has its connections by now; the loop may not have seen them yet, and what waits when a server closes is thrown away.
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => server.close(resolve));
  return texts.join(' ');
}

/** Several at a time: each waits for processes most of the time. */
async function all(names: readonly string[], how: How): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const rest = [...names];
  const work = async (): Promise<void> => {
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) found[name] = await left(name, how);
  };
  await Promise.all([work(), work(), work(), work()]);
  return found;
}

/** All of it, where nothing else is said. */
function expected(names: readonly string[], others: Record<string, string> = {}): Record<string, string> {
  return { ...Object.fromEntries(names.map((name) => [name, 'ABC'])), ...others };
}

const told = expected(
  [
    'exit', 'an earlier listener of exit that throws', 'exit of a thread without listeners', 'an exception in a thread',
    'no listeners of exit', 'no listeners of removeListener, then of exit', 'no listeners from the beginning',
    'an exception', 'an exception without listeners', 'an exception that is survived', 'a rejection',
    'an exception of which a listener ends the process', 'an exception of which a listener throws', 'a capture callback', 'a monitor of exceptions that throws',
  ],
  {
    'listeners of exit that throw, put behind and before in the tick, and another write': 'ABCDE',
    'no listeners, and another write': 'ABCDE',
    'writes in exit': 'ABCD+E+',
    'the natural end, with writes in beforeExit': 'ABCDEF',
    'an exception of which a listener writes and throws': 'ABCDEF',
    'a monitor of exceptions that writes and throws': 'ABCDEF',
    'a capture callback that writes and throws': 'ABCDEF',
    'an exception without listeners, of which one writes and throws': 'ABCDEF',
    'several sockets of two copies': 'ABCDEF DEF DEF',
  },
);
const fromInside = ['kill', 'abort', 'reallyExit', 'execve', 'spawnSync', 'Atomics.wait', 'polling for a file'];
const register = ['--require', `${dist}register.cjs`];

describe('what was written has left, in order', () => {
  it('however the tick ends', async () => {
    expect(await all(Object.keys(told), { moduleName: `${dist}index.cjs` })).toEqual(told);
  });

  it('under register also when the process is ended or blocked from inside', async () => {
    // A pipe of Windows has no descriptor.
    const names = expected(fromInside, process.platform === 'win32' ? {} : { 'a descriptor from earlier': 'ABCD' });
    expect(await all(Object.keys(names), { moduleName: 'node:net', flags: register })).toEqual(names);
  });

  it('under register with intrinsics that are frozen, as far as members can be replaced', async () => {
    const names = expected(['kill', 'polling for a file']);
    expect(await all(Object.keys(names), { moduleName: 'node:net', flags: ['--frozen-intrinsics', ...register] })).toEqual(names);
  });

  it('when nothing gathers, whatever happens', async () => {
    const names = expected(['kill', 'polling for a file']);
    expect(await all(Object.keys(names), { moduleName: `${dist}index.cjs`, env: { NETSTRATA_GATHER: '0' } })).toEqual(names);
  });
});
