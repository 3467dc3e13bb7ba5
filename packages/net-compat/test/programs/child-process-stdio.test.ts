import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import net from '../../src/index.js';

// The host driver's own socket has begun to read by then, and public API cannot stop it: what arrived at once is lost to the child.
const givesAll = it.skipIf(process.env['NETSTRATA_DRIVER'] === 'host');

givesAll('a socket can be the stdin and stdout of a child process', async () => {
  const server = net.createServer((socket) => {
    const stdio: unknown = [socket, socket, 'inherit'];
    const child = spawn(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)'], { stdio: stdio as StdioOptions });
    child.on('exit', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect((server.address() as { port: number }).port, '127.0.0.1');
  client.setEncoding('utf8');
  let text = '';
  client.on('data', (part: string) => (text += part));
  client.end('through a child');
  await once(client, 'close');
  server.close();
  expect(text).toBe('through a child');
});

interface Served {
  readonly server: net.Server;
  readonly connect: () => net.Socket;
}

async function serve(accept: (socket: net.Socket) => void, path?: string): Promise<Served> {
  const server = net.createServer(accept);
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  const connect = (): net.Socket => path === undefined ? net.connect((server.address() as net.AddressInfo).port, '127.0.0.1') : net.connect(path);
  return { server, connect };
}

const stdioOf = (...stdio: unknown[]): { stdio: StdioOptions } => ({ stdio: stdio as StdioOptions });
const paths = [['TCP', undefined], ['a path', join(tmpdir(), `stdio-${process.pid}`)]] as const;

it.each(paths)('one that is stdio, over %s, closes when both sides have ended it', async (_over, path) => {
  const { server, connect } = await serve((socket) => {
    const child = spawn(process.execPath, ['-p', '5 + 6'], stdioOf(socket, socket, 'inherit'));
    child.on('close', () => socket.end());
  }, path);
  const client = connect().setEncoding('utf8');
  let text = '';
  client.on('data', (part: string) => (text += part));
  // Bytes that the child does not read do not keep it open.
  client.end('unread');
  await once(client, 'close');
  await once(server.close(), 'close');
  expect(text).toBe('11\n');
});

givesAll('it closes too when it has ended before the child has', async () => {
  const lengths: number[] = [];
  const { server, connect } = await serve((socket) => {
    const count = `let n = 0; process.stdin.on('data', (bytes) => { n += bytes.length; }).on('end', () => { process.exit(n); });`;
    const child = spawn(process.execPath, ['-e', count], stdioOf(socket, 'ignore', 'inherit'));
    socket.end();
    child.on('exit', (code) => lengths.push(code!));
  });
  const client = connect().resume();
  client.on('end', () => client.end('what the child reads'));
  await once(client, 'close');
  await once(server.close(), 'close');
  // All of it is the child's, as long as there is one.
  expect(lengths).toEqual([20]);
});

it('what is read by the program itself goes to the program', async () => {
  let text = '';
  const { server, connect } = await serve((socket) => {
    const child = spawn(process.execPath, ['-v'], stdioOf('ignore', socket, 'inherit'));
    child.on('close', () => {
      socket.end();
      socket.on('readable', () => { text += String(socket.read() ?? ''); });
    });
  });
  const client = connect().resume();
  client.on('end', () => client.end('for the program'));
  await once(client, 'close');
  await once(server.close(), 'close');
  expect(text).toBe('for the program');
});
