import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const major = Number.parseInt(process.versions.node, 10);

async function run(program: string, ...flags: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL(`../fixtures/register/${program}.mjs`, import.meta.url));
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--import', '@netstrata/net-compat/register', file], { cwd });
  return stdout.trim().split('\n');
}

it('TLS goes where a net, a block list or a function in place of those of net sends it', async () => {
  expect(await run('tls-elsewhere')).toEqual([
    'another port hello over one localhost:1',
    'another socket hello over one',
    'a socket that is connected hello over one',
    'refused E_MINE refused by the program',
    'nothing ERR_INVALID_RETURN_VALUE Expected a socket to be returned from the "net.connect" function',
    'asked for localhost 1',
    'another port by the method hello over one',
    'over memory hello from memory lookup,connect,ready,secureConnect',
    expect.stringMatching(/^over memory, refused ECONNREFUSED connect ECONNREFUSED \S+:444$/),
    'over memory, https ECONNREFUSED',
    'blocked ERR_IP_BLOCKED IP(127.0.0.1) is blocked by net.BlockList',
    'served hello over one',
  ]);
});

it('under register the net dials for every way to open a connection, but for what the documents name', async () => {
  const newer = major >= 22 ? 'seen' : 'absent';
  expect(await run('ways-out', ...(major >= 22 ? ['--experimental-eventsource'] : []))).toEqual([
    'net.connect - seen',
    'net.connect to a path - seen',
    'new net.Socket().connect - seen',
    'tls.connect - seen',
    'tls.connect over a socket - seen',
    'http - seen',
    'https - seen',
    'http with an agent - seen',
    'https with an agent - seen',
    'http2 - seen',
    'http2 over tls - seen',
    'fetch - seen',
    'fetch over tls - seen',
    `WebSocket - ${newer}`,
    `WebSocket over tls - ${newer}`,
    `EventSource - ${newer}`,
    'dns.Resolver over TCP - not seen',
    'the channel to a child process - not seen',
    'a worker thread - not seen',
    'the debugger - not seen',
  ]);
});
