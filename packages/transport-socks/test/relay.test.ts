import net, { type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { Duplex as Stream, PassThrough } from 'node:stream';
import { duplexPair } from '@netstrata/stream-core';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { socks } from '../src/index.js';
import { socksServer, type SocksServer, type SocksServerOptions } from '../src/server/index.js';
import { connect, errorOf, inet, textOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { scripted } from './support/scripted.js';
import { until } from './support/until.js';

const everywhere = { over: tcp, policy: { default: 'allow' } } as const;

/** The server on node:net's own sockets. */
async function onNode(options: SocksServerOptions = everywhere): Promise<{ url: string; serve: SocksServer }> {
  const serve = socksServer(options);
  const server = net.createServer(serve);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`, serve };
}

describe.each([['streams of stream-core', async () => proxyOn(tcp, everywhere)], ['sockets of node:net', async () => onNode()]])('over %s', (_, make) => {
  it('an end goes on alone: the other direction stays open', async () => {
    const { url, serve } = await make();
    const far = await scripted((socket) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('end', () => socket.end(`after the end: ${text}`));
    });
    const { stream } = await connect(socks(url, { over: tcp }), inet(far.port));
    stream.end('all');
    expect(await textOf(stream)).toBe('after the end: all');
    await until(() => serve.connections === 0);

    const other = await scripted((socket) => socket.end('first'));
    const { stream: second } = await connect(socks(url, { over: tcp }), inet(other.port));
    expect(await textOf(second)).toBe('first');
    second.end('after');
    expect(await textOf(other.sockets[0])).toBe('after');
    await until(() => serve.connections === 0);
  });

  it('a reset goes on as one, in both directions', async () => {
    const { url, serve } = await make();
    const far = await scripted((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const { stream } = await connect(socks(url, { over: tcp }), inet(far.port));
    const failure = once(stream, 'error');
    stream.resume().write('x');
    expect((await failure)[0]).toMatchObject({ code: 'ECONNRESET' });

    const other = await scripted((socket) => socket.resume());
    const { connection } = await connect(socks(url, { over: tcp }), inet(other.port));
    await until(() => other.sockets.length === 1);
    const reset = once(other.sockets[0], 'error');
    connection.abort();
    expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' });
    await until(() => serve.connections === 0);
  });

  it('a sender is stopped while the receiver does not read', async () => {
    const { url, serve } = await make();
    let sent = 0;
    const far = await scripted((socket) => {
      const go = (): void => {
        while (sent < 256 * 1024 * 1024 && !socket.destroyed) {
          sent += 65_536;
          if (!socket.write(Buffer.alloc(65_536))) break;
        }
      };
      socket.on('drain', go);
      go();
    });
    const { stream } = await connect(socks(url, { over: tcp }), inet(far.port));
    let before = -1;
    while (before !== sent) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    stream.destroy();
    await until(() => serve.connections === 0 && far.sockets[0].destroyed);
  });

  it('bytes that come together with the request are the far end\'s', async () => {
    const { url } = await make();
    const far = await scripted((socket) => socket.pipe(socket));
    const { stream } = await connect(socks(url, { over: tcp, early: true }), inet(far.port));
    stream.end('x'.repeat(300_000));
    expect((await textOf(stream)).length).toBe(300_000);
  });

  it('what is refused is told with the errno of the dial', async () => {
    const { url, serve } = await make();
    const { port } = await new Promise<AddressInfo>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const address = server.address() as AddressInfo;
        server.close(() => { resolve(address); });
      });
    });
    expect(await errorOf(socks(url, { over: tcp }), inet(port))).toMatchObject({ code: 'ECONNREFUSED', port });
    await until(() => serve.connections === 0);
  });
});

describe('whoever dies, whenever', () => {
  const moments: [string, (client: Socket, far: () => Socket | undefined) => void][] = [
    ['the client leaves at once', (client) => client.destroy()],
    ['the client resets', (client) => client.resetAndDestroy()],
    ['the far end leaves', (_, far) => far()?.destroy()],
    ['the far end resets', (_, far) => far()?.resetAndDestroy()],
  ];
  const said = (port: number): Buffer[] => [Buffer.of(5, 1, 0), Buffer.of(5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255), Buffer.from('data')];

  it.each(moments.flatMap((moment) => [1, 2, 3].map((steps) => [...moment, steps] as const)))('nothing is left: %s after step %#', async (_, die, steps) => {
    const { url, serve } = await onNode();
    const far = await scripted((socket) => socket.pipe(socket));
    const client = net.connect(Number(new URL(url).port), '127.0.0.1');
    client.on('error', () => {}).resume();
    await once(client, 'connect');
    for (const words of said(far.port).slice(0, steps)) {
      client.write(words);
      await new Promise((resolve) => setImmediate(resolve));
    }
    die(client, () => far.sockets[0]);
    client.end();
    await until(() => serve.connections === 0);
    await until(() => far.sockets.every((socket) => socket.destroyed));
  });

  it('a client that leaves while a name is looked up is dialled for no more', async () => {
    let answer = (): void => {};
    const far = await scripted(() => {});
    const { url, serve } = await onNode({
      ...everywhere,
      lookup: (_, __, callback) => { answer = () => { callback(null, [{ address: '127.0.0.1', family: 4 }]); }; },
    });
    const client = net.connect(Number(new URL(url).port), '127.0.0.1');
    client.on('error', () => {}).write(Buffer.from(`\x05\x01\0\x05\x01\0\x03\x01a${String.fromCharCode(far.port >> 8, far.port & 255)}`, 'latin1'));
    await once(client, 'data');
    client.resetAndDestroy();
    await until(() => serve.connections === 0);
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(far.sockets).toEqual([]);
  });
});

describe('streams that are no sockets', () => {
  const said = (port: number) => Uint8Array.of(5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255, 65);

  it('of stream-core are reset', async () => {
    const far = await scripted((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const serve = socksServer(everywhere);
    const [client, served] = duplexPair();
    serve(served);
    const failure = once(client, 'error');
    client.resume().write(said(far.port));
    expect((await failure)[0]).toMatchObject({ code: 'ECONNRESET' });
    await until(() => serve.connections === 0);
  });

  it('of node:stream, which know no reset, are destroyed', async () => {
    const far = await scripted((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const serve = socksServer(everywhere);
    const [there, back] = [new PassThrough(), new PassThrough()];
    const served = new Stream({
      read: () => {},
      write: (chunk: Buffer, _, done) => void back.write(chunk, done),
      final: (done) => void back.end(done),
    });
    there.on('data', (chunk) => served.push(chunk));
    const closed = new Promise((resolve) => served.once('close', resolve));
    serve(served);
    there.write(said(far.port));
    back.resume();
    await closed;
    expect([served.destroyed, serve.connections]).toEqual([true, 0]);
  });
});
