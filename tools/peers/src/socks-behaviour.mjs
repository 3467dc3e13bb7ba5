import { once } from 'node:events';
import { createNet } from '@netstrata/net-compat/core';
import { socks } from '@netstrata/transport-socks';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it, onTestFinished } from 'vitest';
import { deadPort, endOf, target, textOf } from './targets.mjs';

const MEGABYTE = 1_000_000;

/**
 * What our client does through a proxy, as a whole net of its own.
 * @param {() => string} url
 * @param {object} traits what of it this proxy does: `bound` it tells its local address; `halfClose` an end goes on alone, there and back; `resets` a reset
 * of the far end comes as one; `refusals` the codes of a connection that is refused and of a name that nobody knows
 * @param {object} [options] of `socks`
 */
export function throughProxy(url, { bound, halfClose, resets, refusals }, options) {
  const through = () => createNet({ tcp: socks(url(), { over: tcp, ...options }) });
  const serving = async (serve) => {
    const far = await target(serve);
    onTestFinished(far.close);
    return far;
  };

  it.each(['127.0.0.1', 'localhost'])('echoes a megabyte: %s', async (host) => {
    const far = await serving((socket) => socket.pipe(socket));
    const socket = through().connect({ host, port: far.port });
    await once(socket, 'connect');
    const bytes = Buffer.alloc(MEGABYTE, 'netstrata');
    let received = 0;
    socket.on('data', (chunk) => {
      expect(bytes.subarray(received, received + chunk.length).equals(chunk)).toBe(true);
      received += chunk.length;
      if (received === MEGABYTE) socket.end();
    });
    socket.write(bytes);
    await once(socket, 'close');
    expect(received).toBe(MEGABYTE);
  });

  it(`tells its own address at the far end: ${bound}`, async () => {
    const far = await serving(() => {});
    const socket = through().connect(far.port, '127.0.0.1');
    await once(socket, 'connect');
    if (bound) {
      while (far.sockets.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect([socket.localAddress, socket.localPort]).toEqual([far.sockets[0].remoteAddress, far.sockets[0].remotePort]);
    } else expect(socket.localAddress).toBe(undefined);
    expect([socket.remoteAddress, socket.remotePort]).toEqual(['127.0.0.1', far.port]);
    socket.destroy();
  });

  it(`passes on an end alone: ${halfClose[0]}`, async () => {
    const far = await serving((socket) => {
      socket.on('end', () => socket.end('after the end'));
      socket.resume();
    });
    const socket = through().connect({ port: far.port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.end('all');
    expect(await textOf(socket)).toBe(halfClose[0] ? 'after the end' : '');
  });

  it(`passes on the end of the far end alone: ${halfClose[1]}`, async () => {
    let arrived;
    const far = await serving((socket) => {
      arrived = textOf(socket).catch(() => '');
      socket.end('first');
    });
    const socket = through().connect({ port: far.port, host: '127.0.0.1', allowHalfOpen: true });
    expect(await textOf(socket)).toBe('first');
    socket.on('error', () => {}).end('after');
    expect(await arrived).toBe(halfClose[1] ? 'after' : '');
    socket.destroy();
  });

  it(`passes on a reset as one: ${resets}`, async () => {
    const far = await serving((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const socket = through().connect({ port: far.port, host: '127.0.0.1' });
    socket.write('x');
    expect(await endOf(socket)).toBe(resets ? 'ECONNRESET' : 'end');
    socket.destroy();
  });

  it(`a refusal, and a name that nobody knows: ${refusals}`, async () => {
    for (const [i, host] of ['127.0.0.1', 'nobody.invalid'].entries()) {
      const port = await deadPort();
      const socket = through().connect({ port, host });
      const [error] = await once(socket, 'error');
      expect(error).toMatchObject({ code: refusals[i], syscall: 'connect', address: host, port });
      socket.destroy();
    }
  });
}
