import { deepStrictEqual, strictEqual } from 'node:assert';
import { rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '@netstrata/net-compat';
import { close, closeAllConnections, connect, listen, serve } from '@netstrata/net-compat/promises';
import { reader } from '@netstrata/stream-core/reader';
import { runner } from './runner.mjs';

const { describe, it } = runner;
const host = '127.0.0.1';

describe('connections', () => {
  it('a server of lines, served and closed, loses none of them', async () => {
    const server = await listen({ port: 0, host });
    const served = serve(server, async (socket) => {
      for await (const line of reader(socket).lines()) socket.write(`${line.toUpperCase()}\n`);
      socket.end();
    });
    const socket = await connect(server.address().port, host);
    socket.end('a\nb\r\nc\n');
    const lines = [];
    for await (const line of reader(socket).lines()) lines.push(line);
    deepStrictEqual(lines, ['A', 'B', 'C']);
    strictEqual((await close(server)).destroyed, 0);
    await served;
  });

  it('a server is a loop over its connections, which ends with it', async () => {
    const server = await listen({ port: 0, host });
    const sockets = await Promise.all([1, 2].map(() => connect(server.address().port, host)));
    let count = 0;
    for await (const socket of server) {
      socket.resume().end();
      if (++count === 2) server.close();
    }
    strictEqual(count, 2);
    for (const socket of sockets) socket.destroy();
  });

  it('what is in a handler has the grace, and is cut then', async () => {
    const server = await listen({ port: 0, host });
    let begin;
    const begun = new Promise((resolve) => { begin = resolve; });
    const served = serve(server, async (socket) => {
      begin();
      await new Promise((resolve) => socket.once('close', resolve));
    });
    const socket = await connect(server.address().port, host);
    socket.on('error', () => {});
    await begun;
    deepStrictEqual(await close(server, { grace: 20 }), { finished: 0, destroyed: 1 });
    await served;
    socket.destroy();
  });

  it('closeAllConnections leaves the server listening', async () => {
    const server = await listen({ port: 0, host });
    const connections = server[Symbol.asyncIterator]();
    const socket = await connect(server.address().port, host);
    const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
    socket.resume();
    await connections.next();
    strictEqual(closeAllConnections(server), 1);
    await closed;
    strictEqual(server.listening, true);
    await close(server);
  });

  it('a dial that takes too long is ETIMEDOUT', async () => {
    const error = await connect({ host: 'far.example', port: 1, lookup: () => {}, connectTimeout: 20 }).catch((failed) => failed);
    deepStrictEqual([error.code, error.syscall], ['ETIMEDOUT', 'connect']);
  });

  it('of addresses that are raced the one that answers wins', async () => {
    const server = await listen({ port: 0, host });
    // Nobody listens there on this port.
    const lookup = (_name, _options, done) => done(null, [{ address: '127.0.0.2', family: 4 }, { address: host, family: 4 }]);
    const socket = await connect({ host: 'two.example', port: server.address().port, lookup });
    strictEqual(socket.remoteAddress, host);
    socket.destroy();
    await close(server, { grace: 0 });
  });

  it('an accepted socket that is idle for too long is closed', async () => {
    const server = createServer({ idleTimeout: 20 }, (socket) => socket.resume()).listen(0, host);
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = await connect(server.address().port, host);
    await new Promise((resolve) => socket.on('error', () => {}).resume().once('close', resolve));
    await close(server);
  });

  it('a path on which somebody listens, and a file that is no socket, are not reclaimed', async () => {
    const name = `netstrata-reclaim-${process.pid}`;
    const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
    const server = await listen({ path, reclaim: true });
    if (process.platform !== 'win32') strictEqual((await listen({ path, reclaim: true }).catch((failed) => failed)).code, 'EADDRINUSE');
    await close(server);
    if (process.platform === 'win32') return;
    await writeFile(path, 'x');
    strictEqual((await listen({ path, reclaim: true }).catch((failed) => failed)).code, 'EADDRINUSE');
    strictEqual((await stat(path)).size, 1);
    await rm(path);
  });
});
