import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A program that registers at its start, with these variables besides. */
function run(code: string, variables: Readonly<Record<string, string>>): Promise<Run> {
  const env = { ...process.env, NODE_OPTIONS: '--import @netstrata/net-compat/register', ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '--eval', code], { cwd, env }, (error, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out: out.trim(), err });
    });
  });
}

const DIALS = `
  import net from 'node:net';
  const server = net.createServer((socket) => socket.end()).listen(0, '0.0.0.0', async () => {
    const came = (...to) => new Promise((resolve) => net.connect(...to).on('error', ({ code }) => resolve(code)).on('connect', function () { this.destroy(); resolve('connected'); }));
    const { port } = server.address();
    console.log(await came(port, '127.0.0.1'), await came(port, '127.0.0.2'), await came('/nobody/listens.sock'));
    server.close();
  });`;

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  const file = join(folder, 'rules.txt');
  writeFileSync(file, text);
  return file;
}

const DENIED = 'ERR_ADDRESS_DENIED';

it.each([
  ['127.0.0.1', `connected ${DENIED} ${DENIED}`],
  ['127.0.0.0/8, !127.0.0.2', `connected ${DENIED} ${DENIED}`],
  ['!127.0.0.2', `connected ${DENIED} ${DENIED}`],
  ['! 127.0.0.2 , ! 10.0.0.0/8', `connected ${DENIED} ${DENIED}`],
  ['!127.0.0.2,path:*', `${DENIED} ${DENIED} ENOENT`],
  ['loopback,path:/nobody/listens.sock', 'connected connected ENOENT'],
  ['loopback, path: /nobody/listens.sock, host: db.example.org', 'connected connected ENOENT'],
  ['host:*', `${DENIED} ${DENIED} ${DENIED}`],
  ['127.0.0.1-127.0.0.9:1-65535', `connected connected ${DENIED}`],
])('NETSTRATA_EGRESS=%s', async (egress, expected) => {
  expect(await run(DIALS, { NETSTRATA_EGRESS: egress })).toEqual({ status: 0, out: expected, err: '' });
});

it.each(['@', ''])('a file of rules is read, with comments, empty lines and a mark of its encoding, where NETSTRATA_EGRESS is %s and its path', async (mark) => {
  const file = fileWith('\uFEFF# who may be reached\n\n  127.0.0.1  # this one\r\n!127.0.0.2\npath:/nobody/listens.sock\n');
  expect(await run(DIALS, { NETSTRATA_EGRESS: mark + file })).toMatchObject({ status: 0, out: `connected ${DENIED} ENOENT` });
});

it.each([
  ['', 'NETSTRATA_EGRESS is empty'],
  ['  ', 'NETSTRATA_EGRESS is empty'],
  ['global,', 'NETSTRATA_EGRESS has an empty rule'],
  ['!', 'NETSTRATA_EGRESS has an empty rule'],
  ['path:', 'NETSTRATA_EGRESS has an empty rule'],
  ['nowhere', 'NETSTRATA_EGRESS has a rule that is no CIDR, address, range or class of addresses: "nowhere"'],
  ['127.1', 'NETSTRATA_EGRESS has a rule that is no address, though some programs read it as 127.0.0.1: "127.1"'],
  ['host:*x', 'NETSTRATA_EGRESS has a rule that must be a host name'],
  ['!path:/x', 'NETSTRATA_EGRESS denies a path'],
  ['/nobody/has/rules.txt', 'NETSTRATA_EGRESS names a file that cannot be read: ENOENT'],
  ['@', 'NETSTRATA_EGRESS names a file that cannot be read: ENOENT'],
  ['/', 'NETSTRATA_EGRESS names a file that cannot be read: EISDIR'],
])('a program does not start with NETSTRATA_EGRESS=%s', async (egress, message) => {
  const { status, out, err } = await run(DIALS, { NETSTRATA_EGRESS: egress });
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toContain(message);
});

it('nor with a file that has no rules', async () => {
  const { status, err } = await run(DIALS, { NETSTRATA_EGRESS: fileWith('# nothing yet\n') });
  expect(status).toBe(1);
  expect(err).toContain('NETSTRATA_EGRESS has no rules');
});

it.each([
  ['', 'NETSTRATA_PROXY is empty'],
  ['socks5://user:secret@proxy:port', 'NETSTRATA_PROXY has a proxy that is no URL with a host, number 1'],
  ['https://user:secret@proxy', 'NETSTRATA_PROXY: The URL of a proxy begins with https:'],
  ['socks5://proxy:1080, user:secret@:x', 'NETSTRATA_PROXY has a proxy that is no URL with a host, number 2'],
])('a program does not start with NETSTRATA_PROXY=%s, and does not show it', async (proxy, message) => {
  const { status, err } = await run(DIALS, { NETSTRATA_PROXY: proxy });
  expect(status).toBe(1);
  expect(err).toContain(message);
  expect(err).not.toContain('secret');
});

it('a program does not go on without what it is told beside an older copy that has registered, which knows nothing of it', async () => {
  const code = `
    import net from 'node:net';
    Object.defineProperty(net.Socket, Symbol.for('netstrata.builtin'), { value: { ...net } });
    await import('@netstrata/net-compat/register').then(() => console.log('loaded'));`;
  const older = { NODE_OPTIONS: '' };
  expect(await run(code, older)).toMatchObject({ status: 0, out: 'loaded' });
  const { status, out, err } = await run(code, { ...older, NETSTRATA_EGRESS: 'global' });
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toContain('An older copy of @netstrata/net-compat has registered, which knows no egress and no route');
});

it('threads, child processes and workers of a cluster are judged too', async () => {
  const code = `
    import cluster from 'node:cluster';
    import { execFile } from 'node:child_process';
    import { Worker } from 'node:worker_threads';
    const dials = "import('node:net').then((net) => net.connect(1, '127.0.0.1').on('error', ({ code }) => { console.log(code); process.exit(); }))";
    const says = async (who, stream) => {
      let text = '';
      for await (const part of stream.setEncoding('utf8')) text += part;
      console.log(who, text.trim());
    };
    await says('child', execFile(process.execPath, ['--eval', dials]).stdout);
    await says('thread', new Worker(dials, { eval: true, stdout: true }).stdout);
    cluster.setupPrimary({ exec: process.execPath, execArgv: ['--eval', dials], silent: true });
    await says('worker', cluster.fork().process.stdout);`;
  const { out } = await run(code, { NETSTRATA_EGRESS: 'global' });
  expect(out.split('\n')).toEqual(['child', 'thread', 'worker'].map((who) => `${who} ${DENIED}`));
});
