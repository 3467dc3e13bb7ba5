import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const file = fileURLToPath(new URL('../fixtures/register/kept-builtin.cjs', import.meta.url));
const refused = (place: string): string => `connect ERR_ADDRESS_DENIED: the builtin would dial, past egress and route: ${place} null`;

// Our own sockets are made of the builtin's over the host driver: there they connect.
it.skipIf(process.env['NETSTRATA_DRIVER'] === 'host')('what a program had of the builtin before it registered does not connect past a policy, and does again without one', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: fileURLToPath(new URL('../..', import.meta.url)) });
  expect(stdout.trim().split('\n')).toEqual([
    `connect - ${refused('127.0.0.1:port')} 0`,
    `connect to a name - ${refused('localhost:port')} 0`,
    `connect to a path - ${refused('/nobody/listens.sock')} 0`,
    `Socket - ${refused('127.0.0.1:port')} 0`,
    `a class of it - ${refused('127.0.0.1:port')} 0`,
    `an unused socket - ${refused('localhost:port')} 0`,
    `one that has failed - ${refused('127.0.0.1:port')} 0`,
    // Node's TLS sockets are ours to dial, whoever makes them.
    'tls - connect ERR_ADDRESS_DENIED: not allowed by the policy: 127.0.0.1:port null 0',
    `tls over a socket - ${refused('127.0.0.1:port')} 0`,
    'http - ERR_ADDRESS_DENIED 0',
    'arguments - ERR_MISSING_ARGS',
    'what stands - false',
    'nothing is told - connected',
    'ours - connected',
    'tls of ours - connected',
    'unregistered - true connected',
  ]);
});
