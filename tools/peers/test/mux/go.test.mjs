import { createNet } from '@netstrata/net-compat/core';
import { muxSession } from '@netstrata/transport-mux';
import { tcp } from '@netstrata/transport-tcp';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { startPeer, yamuxPeer } from '../../src/yamux-peer.mjs';

const peer = await yamuxPeer();
const isThere = typeof peer !== 'string';
const stops = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A session with the peer, which is on the side given; our net over it, where each socket is echoed, or gets what `serve` does. */
async function meet(side, { serve = (socket) => socket.pipe(socket), ...options } = {}) {
  let peerOf;
  const connection = await new Promise((resolve) => {
    const listener = tcp.listen({ address: '127.0.0.1', port: 0, family: 'IPv4' }, {
      onListening: () => {
        peerOf = startPeer(peer, side, listener.local.port);
        stops.push(peerOf.stop);
      },
      onConnection: (accepted) => {
        listener.close();
        resolve(accepted);
      },
      onAcceptError() {},
      onClose() {},
    });
  });
  const ended = {};
  ended.promise = new Promise((onClose) => (ended.resolve = onClose));
  const session = muxSession(connection, { side: side === 'client' ? 'acceptor' : 'dialler', onClose: ended.resolve, ...options });
  const net = createNet({ ipc: session });
  const server = net.createServer({ allowHalfOpen: true }, serve);
  server.on('error', () => {});
  await once(server.listen('us'), 'listening');
  return { ...peerOf, session, net, ended: ended.promise };
}

const received = async (socket) => {
  let size = 0;
  for await (const chunk of socket) size += chunk.length;
  return size;
};

describe.skipIf(!isThere)(isThere ? "with HashiCorp's yamux" : `with HashiCorp's yamux, which is not there: ${peer}`, () => {
  for (const side of ['client', 'server']) {
    describe(`as ${side}`, () => {
      it('many streams that it opens at once are echoed', async () => {
        const { ask, session } = await meet(side);
        expect(await ask('echo 1 1000000')).toBe('echoed 1000000');
        expect(await ask('echo 100 300000')).toBe('echoed 30000000');
        // The ends of the last may still be on their way.
        expect(await ask('ping')).toBe('pong');
        expect(session.streams).toBe(0);
      });

      it('many that we open, with larger windows, too', async () => {
        const { net, session } = await meet(side, { window: 1_048_576 });
        const sizes = await Promise.all(Array.from({ length: 300 }, () => {
          const socket = net.connect({ path: 'there', allowHalfOpen: true });
          socket.end(Buffer.alloc(100_000));
          return received(socket);
        }));
        expect(sizes).toEqual(sizes.map(() => 100_000));
        expect(session.streams).toBe(0);
      });

      it('pings are answered both ways', async () => {
        const { ask, session } = await meet(side);
        expect(await ask('ping')).toBe('pong');
        expect(await new Promise((done) => session.ping(done))).toBe(null);
      });

      it('a reset of ours is one there', async () => {
        const { ask } = await meet(side, { serve: (socket) => socket.resetAndDestroy() });
        expect(await ask('open')).toBe('connection reset');
      });

      it('after it went away nothing can be dialled, and what is open lives on', async () => {
        const { ask, net, session } = await meet(side);
        const socket = net.connect({ path: 'there', allowHalfOpen: true });
        await once(socket, 'connect');
        expect(await ask('away')).toBe('ok');
        await new Promise((done) => session.ping(done));
        expect((await once(net.connect('there'), 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' });
        socket.end('hello');
        expect(await received(socket)).toBe(5);
      });

      it('its end in the middle is ECONNRESET', async () => {
        const { kill, net, ended } = await meet(side);
        const socket = net.connect('there');
        await once(socket, 'connect');
        kill();
        expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
        expect(await ended).toMatchObject({ code: 'ECONNRESET' });
      });
    });
  }
});
