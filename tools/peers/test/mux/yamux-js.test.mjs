import { duplexPair } from '@netstrata/stream-core';
import { createNet } from '@netstrata/net-compat/core';
import { fromNodeDuplex } from '@netstrata/transport/adapters';
import { muxSession } from '@netstrata/transport-mux';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Client, Server } from 'yamux-js';

const quiet = { logger() {}, enableKeepAlive: false };

/** A session of ours over a pair of streams, and one of theirs at the other end. */
function meet(theirs, options) {
  const [here, there] = duplexPair();
  there.pipe(theirs).pipe(there);
  const session = muxSession(fromNodeDuplex(here), { side: theirs instanceof Client ? 'acceptor' : 'dialler', keepAlive: false, ...options });
  return { session, net: createNet({ ipc: session }) };
}

async function bytes(stream, size) {
  let got = 0;
  for await (const chunk of stream) if ((got += chunk.length) >= size) break;
  return got;
}

// It knows no half close: it takes SYN for FIN. So nobody ends a side here.
describe('with yamux-js', () => {
  it('as client: what it sends on many streams comes back', async () => {
    const client = new Client(quiet);
    const { net, session } = meet(client);
    const server = net.createServer((socket) => socket.on('error', () => {}).pipe(socket));
    await once(server.listen('us'), 'listening');
    server.on('error', () => {});
    const sizes = await Promise.all(Array.from({ length: 20 }, () => {
      const stream = client.open();
      stream.write(Buffer.alloc(200_000));
      return bytes(stream, 200_000);
    }));
    expect(sizes).toEqual(sizes.map(() => 200_000));
    session.abort();
  });

  it('as server: what is sent to it comes back, also before it has accepted', async () => {
    const { net, session } = meet(new Server((stream) => stream.on('data', (chunk) => stream.write(chunk)), quiet), { early: true });
    const sizes = await Promise.all(Array.from({ length: 20 }, () => {
      const socket = net.connect('there').on('error', () => {});
      socket.write(Buffer.alloc(200_000));
      return bytes(socket, 200_000);
    }));
    expect(sizes).toEqual(sizes.map(() => 200_000));
    session.abort();
  });

  it('a ping of ours is answered', async () => {
    const { session } = meet(new Server(() => {}, quiet));
    expect(await new Promise((done) => session.ping(done))).toBe(null);
    session.abort();
  });
});
