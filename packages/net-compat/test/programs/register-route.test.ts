import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../fixtures/register/route.mjs', import.meta.url));

const WAYS = { net: 'hello', http: 'hello', https: 'hello', tls: 'secure', fetch: 'hello', 'fetch over tls': 'hello' };
const every = (title: string, host: string): string[] => Object.entries(WAYS).map(([way, said]) => `${title}: ${way} - ${said} ${host}`);
const none = (title: string): string[] => Object.keys(WAYS).map((way) => `${title}: ${way} - ERR_ADDRESS_DENIED `);

it('a route gets what a process dials, as names where it resolves them, and nothing that is listened on; a policy judges what it is given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'route-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', '@netstrata/net-compat/register', program, folder], { cwd });
  expect(stdout.replace(/\n$/, '').split('\n')).toEqual([
    ...every('all, a name', 'db.inner.example'),
    ...every('all, an address', '127.0.0.1'),
    'a path - hello ',
    'what is listened on by the route 0 true',
    ...every('one, a name', 'db.inner.example'),
    'one, another name - hello ',
    'what is listened on by the route 0',
    'where it says so 1',
    ...every('judged, a name', 'db.inner.example'),
    ...none('judged, another name'),
    ...none('judged, localhost'),
    ...every('judged, an address', '127.0.0.1'),
    ...none('judged, another address'),
    'judged, a path - ERR_ADDRESS_DENIED ',
  ]);
});
