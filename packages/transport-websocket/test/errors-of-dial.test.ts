import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { isSystemError } from '@netstrata/transport';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dial, type WebSocketOptions } from '../src/index.js';
import { Recorder } from './support/recorder.js';
import { serve } from './support/served.js';

async function failure(url: string, options?: WebSocketOptions): Promise<Recorder['error']> {
  const sink = new Recorder();
  dial(url, sink, options);
  await sink.event('close');
  expect(sink.events).toEqual(['close']);
  expect(isSystemError(sink.error)).toBe(true);
  return sink.error;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('a dial that', () => {
  it('is refused', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await failure(`ws://127.0.0.1:${port}`)).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port });
  });

  it('leads to a name that nobody knows', async () => {
    const error = await failure('ws://nobody.invalid:8080');
    expect(error).toMatchObject({ syscall: 'connect', address: 'nobody.invalid', port: 8080 });
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(error?.code);
  });

  it.each([
    [401, 'EACCES'], [403, 'EACCES'], [404, 'ENOENT'], [429, 'EAGAIN'], [502, 'EHOSTUNREACH'], [503, 'EHOSTUNREACH'], [504, 'ETIMEDOUT'],
    [200, 'ECONNREFUSED'], [302, 'ECONNREFUSED'], [500, 'ECONNREFUSED'],
  ])('is answered by %i is %s', async (status, code) => {
    const port = await listening(createServer((_request, response) => {
      response.writeHead(status, 'These words', { location: 'ws://127.0.0.1:1/' }).end('a page');
    }));
    const error = await failure(`ws://127.0.0.1:${port}/a?b=secret`);
    expect(error).toMatchObject({ code, syscall: 'connect', status, address: '127.0.0.1', port });
    expect(error?.message).toBe(`connect ${code}: HTTP ${status} These words 127.0.0.1:${port}`);
  });

  it('is answered by something else than HTTP', async () => {
    const port = await listening(createTcpServer((socket) => socket.end('220 mail.example\r\n').resume()));
    expect(await failure(`ws://127.0.0.1:${port}`)).toMatchObject({ code: 'EPROTO', syscall: 'connect', port });
  });

  it('is answered by a 101 that is none', async () => {
    const port = await listening(createTcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 101 Fine\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n'));
      socket.on('error', () => {});
    }));
    expect(await failure(`ws://127.0.0.1:${port}`)).toMatchObject({ code: 'EPROTO', syscall: 'connect' });
  });

  it('speaks TLS to who does not', async () => {
    const { url } = await serve();
    expect(await failure(url.replace('ws:', 'wss:'))).toMatchObject({ code: 'EPROTO', syscall: 'connect' });
  });

  it('offers subprotocols of which none is chosen', async () => {
    const { url } = await serve();
    expect(await failure(url, { protocols: ['netstrata.token.eA'] })).toMatchObject({ code: 'EPROTO', syscall: 'connect' });
  });

  it('is hung up on', async () => {
    const port = await listening(createTcpServer((socket) => { socket.once('data', () => socket.destroy()); }));
    expect(await failure(`ws://127.0.0.1:${port}`)).toMatchObject({ code: 'ECONNRESET', syscall: 'connect' });
  });

  it('is not answered in time', async () => {
    const server = createTcpServer((socket) => socket.resume().on('error', () => {}));
    const port = await listening(server);
    const [[socket]] = await Promise.all([
      once(server, 'connection') as Promise<[Socket]>,
      failure(`ws://127.0.0.1:${port}`, { timeout: 30 }).then((error) => {
        expect(error).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect' });
      }),
    ]);
    if (!socket.closed) await once(socket, 'close');
  });

  it('says what token it has by a header, which no error shows', async () => {
    const { url } = await serve({ token: 'right' });
    const error = await failure(url, { token: 'wrong-secret' });
    expect(error).toMatchObject({ code: 'EACCES', status: 401 });
    expect(JSON.stringify([error, error?.stack, error?.message, error?.cause])).not.toContain('secret');
  });
});

describe('what can never work is thrown', () => {
  const never: [string, string, WebSocketOptions?][] = [
    ['ERR_INVALID_ARG_VALUE', 'no url'],
    ['ERR_INVALID_ARG_VALUE', 'ftp://127.0.0.1'],
    ['ERR_INVALID_ARG_VALUE', 'ws://user:secret@127.0.0.1'],
    ['ERR_INVALID_ARG_VALUE', 'ws://127.0.0.1/#secret'],
    ['ERR_INVALID_ARG_VALUE', 'ws://127.0.0.1', { protocols: ['a', 'a'] }],
    ['ERR_INVALID_ARG_VALUE', 'ws://127.0.0.1', { protocols: ['a secret'] }],
    ['ERR_INVALID_ARG_VALUE', 'ws://127.0.0.1', { headers: { 'x-header': 'a\r\nsecret: b' } }],
    ['ERR_INVALID_ARG_TYPE', 'ws://127.0.0.1', { token: 1 as unknown as string }],
    ['ERR_INVALID_ARG_TYPE', 'ws://127.0.0.1', { WebSocket: {} as never }],
    ['ERR_INVALID_ARG_TYPE', 'ws://127.0.0.1', { timeout: 'secret' as unknown as number }],
    ['ERR_OUT_OF_RANGE', 'ws://127.0.0.1', { timeout: -1 }],
    ['ERR_OUT_OF_RANGE', 'ws://127.0.0.1', { maxMessage: 2 ** 40 }],
  ];
  it.each(never)('%s of %s %j', (code, url, options) => {
    const thrown = (() => {
      try {
        dial(url, new Recorder(), options);
      } catch (error) {
        return error as Error;
      }
      return null;
    })();
    expect(thrown).toMatchObject({ code });
    if (code === 'ERR_INVALID_ARG_VALUE') expect(thrown?.message).not.toContain('secret');
  });
});
