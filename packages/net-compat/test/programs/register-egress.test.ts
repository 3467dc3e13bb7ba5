import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../fixtures/register/egress.mjs', import.meta.url));

/** By each of these ways to both addresses. */
const WAYS = [
  ['net.connect', 'connected'], ['tls.connect', 'connected'], ['tls.connect over a socket', 'connected'], ['http', 'hello'], ['https', 'hello'],
  ['http2', 'connected'], ['fetch', 'hello'], ['fetch over tls', 'hello'], ['fetch with a redirect to', 'hello'], ['fetch with a redirect to tls on', 'hello'],
  ['a name that leads to', 'connected'], ['tls to a name that leads to', 'connected'],
] as const;
/** The first of two requests of a redirect is allowed. */
const before = (way: string): number => Number(way.includes('redirect'));
const denied = (address: string, rule: string | null = '127.0.0.2'): string => `Error ERR_ADDRESS_DENIED connect ${address} true ${rule}`;

it('under a policy a process reaches what it allows, by every way that Node has, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'egress-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', '@netstrata/net-compat/register', program, folder], { cwd });
  expect(stdout.trim().split('\n')).toEqual([
    ...WAYS.map(([way, said]) => `${way} 127.0.0.1 - ${said} ${before(way) + 1}`),
    ...WAYS.map(([way]) => `${way} 127.0.0.2 - ${denied('127.0.0.2')} ${before(way)}`),
    `fetch of a mapped address - ${denied('::ffff:7f00:2')} 0`,
    `fetch of the address of nobody - ${denied('0.0.0.0', null)} 0`,
    `fetch of 127.2 - ${denied('127.0.0.2')} 0`,
    `net.connect to 2130706434 - ${denied('127.0.0.2')} 0`,
    'an allowed path - connected 1',
    'a denied path - Error ERR_ADDRESS_DENIED connect path - null 0',
    'http over a denied path - Error ERR_ADDRESS_DENIED connect path - null 0',
    'tls over a denied path - Error ERR_ADDRESS_DENIED connect path - null 0',
    `a socket that was bound - ${denied('127.0.0.2')} 0`,
    'a socket that was bound to a path - Error ERR_ADDRESS_DENIED connect path - null 0',
    `from a near end - ${denied('127.0.0.2')} 0`,
    'one of several, true - connected 1',
    'none of several, true - AggregateError ERR_ADDRESS_DENIED 0',
    'one of several, race - connected 1',
    'none of several, race - AggregateError ERR_ADDRESS_DENIED 0',
    'one of several over tls - connected 1',
    `a name that leads elsewhere the second time - ${denied('127.0.0.2')} 1`,
    'an agent uses a connection again - hello,hello 1',
    `an agent is refused - ${denied('127.0.0.2')} 0`,
    'and goes on - hello 0',
    `a TLS socket that was destroyed, by the builtin - ${denied('127.0.0.2', null)} 0`,
  ]);
});
