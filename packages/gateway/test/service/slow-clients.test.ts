import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readSettings } from '../../src/config/index.js';
import { createGateway } from '../../src/index.js';
import { Service } from '../../src/service/index.js';
import { file } from '../support/files.js';
import { keptLog } from '../support/start.js';
import { WaitingSockets, webServer, type WebServerOptions } from '../../src/http/index.js';

/** A server, and how to connect to it. */
async function open(options: Partial<WebServerOptions> = {}) {
  const server = webServer({ answer: (_request, response) => response.end('ok'), ...options });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  const { port } = server.address() as { port: number };
  return { server, client: () => connect(port, '127.0.0.1') };
}

/** All that a client gets until the server ends. */
function answer(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (more: string) => { text += more; }).on('error', () => {});
  return new Promise((resolve) => { socket.once('close', () => { resolve(text); }); });
}

describe('a client', () => {
  it('that sends its headers without an end is ended', async () => {
    const asked: unknown[] = [];
    const { client } = await open({ answer: (request) => { asked.push(request.url); } });
    const socket = client();
    const answered = answer(socket);
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-flood: ${'a'.repeat(64 * 1024)}`);
    // The answer may be lost in the reset, since there is more to read than anybody reads.
    expect(await answered).toMatch(/^HTTP\/1.1 431 |^$/);
    expect(asked).toEqual([]);
  });

  it('that sends thousands of headers hides none behind them: what a proxy adds comes last', async () => {
    const seen: unknown[] = [];
    const { client } = await open({ answer: (request, response) => { seen.push(request.headers['x-forwarded-for']); response.end(); } });
    const socket = client();
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${'a:\r\n'.repeat(3000)}x-forwarded-for: 192.0.2.7\r\n\r\n`);
    await answer(socket);
    expect(seen).toEqual(['192.0.2.7']);
  });

  it('that is slow is given ten seconds for its headers, and looked at every second', async () => {
    const { server } = await open();
    expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 10_000 });
  });

  it('whose headers come slowly is ended when their time is over', async () => {
    const { server, client } = await open();
    server.headersTimeout = 1;
    const socket = client();
    const answered = answer(socket);
    socket.write('GET / HTTP/1.1\r\nx-slow: ');
    expect(await answered).toMatch(/^HTTP\/1.1 408 /);
  });

  it('that opens connections and says nothing has so many at a time, and leaves the others', async () => {
    const { server, client } = await open({ waiting: new WaitingSockets(undefined, 3) });
    const sockets = [];
    for (let i = 0; i < 3; i++) {
      sockets.push(client());
      await once(server, 'connection');
    }
    expect(await answer(client())).toBe('');
    sockets[0].end('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(await answer(sockets[0])).toContain('ok');
    // One is gone: there is room for another.
    await vi.waitFor(async () => {
      const next = client();
      next.end('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
      expect(await answer(next)).toContain('ok');
    });
    for (const socket of sockets) socket.destroy();
  });

  it('that asks for WebSockets with tokens that are none has no more of them than one that says nothing', async () => {
    const { log, lines } = keptLog();
    const service = new Service(readSettings({ listen: '127.0.0.1:0', tokenFile: [file('alice a-long-token-of-alice')] }, {}), log, createGateway);
    onTestFinished(() => { service.close(); });
    await service.start();
    const { port } = new URL(String(lines.find(({ event }) => event === 'start')?.url));
    // It is answered, and does not read.
    const upgrade = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nauthorization: Bearer guess\r\n\r\n';
    for (let i = 0; i < 64; i++) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      onTestFinished(() => { socket.destroy(); });
      socket.write(upgrade);
      await once(socket, 'readable');
    }
    const next = connect(Number(port), '127.0.0.1');
    next.write(upgrade);
    expect(await answer(next)).toBe('');
  });

  it('that is a proxy, or has become a WebSocket, does not count there', async () => {
    for (const isProxy of [false, true]) {
      const waiting = new WaitingSockets(() => isProxy, 1);
      const { server, client } = await open({ waiting });
      server.on('upgrade', ({ socket }) => { waiting.upgraded(socket); socket.write('taken'); onTestFinished(() => { socket.destroy(); }); });
      const first = client();
      if (isProxy) await once(server, 'connection');
      else {
        first.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
        await once(first, 'data');
      }
      const second = client();
      second.end('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
      expect(await answer(second)).toContain('ok');
      first.destroy();
    }
  });
});
