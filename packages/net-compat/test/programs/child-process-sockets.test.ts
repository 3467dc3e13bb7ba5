import * as builtin from 'node:net';
import type { Server, Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import * as compat from '../../src/index.js';
import { Child } from '../support/child.js';
import { freshPath } from '@netstrata/config/fresh-path';

type Net = typeof builtin;
type Medium = 'TCP' | 'a path';
const ours = compat as unknown as Net;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function child(receiver: 'builtin' | 'adopted'): Child {
  const own = new Child('child', [receiver]);
  cleanups.push(() => own.stop());
  return own;
}

async function listen(net: Net, medium: Medium, options: builtin.ServerOpts): Promise<Server> {
  const server = net.createServer(options);
  server.listen(medium === 'TCP' ? { port: 0, host: '127.0.0.1' } : { path: freshPath() });
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return server;
}

/** The client is always the builtin's: it is not what is tested here. */
async function dial(server: Server): Promise<{ client: Socket; peer: Socket }> {
  const address = server.address();
  const client = typeof address === 'string' ? builtin.connect(address) : builtin.connect((address as builtin.AddressInfo).port, '127.0.0.1');
  client.setEncoding('utf8');
  const [peer] = (await once(server, 'connection')) as [Socket];
  cleanups.push(() => client.destroy(), () => peer.destroy());
  return { client, peer };
}

const count = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, connections) => {
      if (error) reject(error);
      else resolve(connections);
    });
  });

/** Hands a connection to a child process, and writes down what both processes and the client see. */
async function handOver(net: Net, receiver: 'builtin' | 'adopted', medium: Medium): Promise<unknown[]> {
  const seen: unknown[] = [];
  const server = await listen(net, medium, { pauseOnConnect: true });
  const own = child(receiver);
  await own.message();
  const { client, peer } = await dial(server);
  const { localPort } = peer;
  client.write('early');
  await own.send('socket', peer);
  const taken = await own.message<{ localPort?: number }>();
  seen.push(taken.localPort === localPort);
  const { _handle } = peer as unknown as { _handle: unknown };
  seen.push(_handle, peer.destroyed, peer.bytesRead, server.listening);
  seen.push(await once(client, 'data'), await count(server));
  client.write('late');
  seen.push(await once(client, 'data'));
  server.close();
  let closed = false;
  server.once('close', () => {
    closed = true;
  });
  // The server's connection lives in the child: the answer of getConnections shows that the child was asked.
  seen.push(await count(server), closed);
  const closes = Promise.all([once(server, 'close'), once(client, 'close')]);
  client.end('quit');
  client.resume();
  seen.push(await own.message(), ...(await closes));
  return seen;
}

for (const medium of ['TCP', 'a path'] as const) {
  describe(`a connection over ${medium} that is sent to a child process`, () => {
    it('goes on there in the builtin net', async () => {
      expect(await handOver(ours, 'builtin', medium)).toEqual(await handOver(builtin, 'builtin', medium));
    });

    it('goes on there in net-compat, by its socket', async () => {
      expect(await handOver(ours, 'adopted', medium)).toEqual(await handOver(builtin, 'builtin', medium));
    });
  });
}

it('a socket of the builtin goes on in net-compat in a child', async () => {
  expect(await handOver(builtin, 'adopted', 'TCP')).toEqual(await handOver(builtin, 'builtin', 'TCP'));
});

describe('connections in several processes', () => {
  it('are counted together', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const children = [child('builtin'), child('adopted')];
    const clients: Socket[] = [];
    for (const own of children) {
      await own.message();
      const { client, peer } = await dial(server);
      clients.push(client);
      await own.send('socket', peer);
      await own.message();
    }
    const here = await dial(server);
    expect(await count(server)).toBe(3);
    clients[0].end('quit');
    await children[0].message();
    expect(await count(server)).toBe(2);
    here.peer.destroy();
    expect(await count(server)).toBe(1);
  });

  it('are counted out once, also when the socket is destroyed here after it was sent', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('builtin');
    await own.message();
    const away = await dial(server);
    const here = await dial(server);
    const sent = own.send('socket', away.peer);
    const closes: unknown[] = [];
    away.peer.on('close', (...args: unknown[]) => closes.push(args));
    away.peer.destroy();
    await sent;
    await own.message();
    expect(await count(server)).toBe(2);
    expect(closes).toEqual([[]]);
    here.peer.destroy();
    expect(await count(server)).toBe(1);
  });

  it('are counted as long as the socket that goes on with one lives', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('builtin');
    await own.message();
    const away = await dial(server);
    await own.send('socket', away.peer);
    await own.message();
    const here = await dial(server);
    const heir = new compat.Socket({ handle: here.peer });
    expect(await count(server)).toBe(2);
    heir.destroy();
    await once(here.peer, 'close');
    expect(await count(server)).toBe(1);
  });

  it('do not keep a server from closing when their process has exited', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('builtin');
    await own.message();
    const { peer } = await dial(server);
    await own.send('socket', peer);
    await own.message();
    const exit = once(own.process, 'exit');
    await own.send('exit');
    await exit;
    expect(await count(server)).toBe(0);
    const close = once(server, 'close');
    server.close();
    await close;
  });

  it('close the server only when all of them have ended', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('adopted');
    await own.message();
    const away = await dial(server);
    await own.send('socket', away.peer);
    await own.message();
    let closed = false;
    const close = once(server, 'close');
    server.close(() => {
      closed = true;
    });
    // The child, asked when the server began to close, has not said that it holds none.
    await count(server);
    expect(closed).toBe(false);
    away.client.resume().write('quit');
    expect(await own.message()).toBe('connection closed');
    await close;
    expect(closed).toBe(true);
  });

  it('let the server close only when those of this process have ended too', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('builtin');
    await own.message();
    const sent = await dial(server);
    await own.send('socket', sent.peer);
    await own.message();
    const here = await dial(server);
    let closes = 0;
    server.on('close', () => closes++);
    server.close();
    sent.client.end('quit');
    await own.message();
    // The child's answer to the closing server has been on its way before this one.
    expect(await count(server)).toBe(1);
    expect(closes).toBe(0);
    const closed = once(server, 'close');
    here.peer.destroy();
    await closed;
    expect(await count(server)).toBe(0);
    expect(closes).toBe(1);
  });
});

describe('a connection that was sent', () => {
  it('can stay open here too', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('builtin');
    await own.message();
    const { client, peer } = await dial(server);
    await own.send('socket', peer, { keepOpen: true });
    await own.message();
    expect(peer.destroyed).toBe(false);
    client.write('x');
    expect(await once(client, 'data')).toEqual(['child: x']);
    peer.write('parent');
    expect(await once(client, 'data')).toEqual(['parent']);
    expect(await count(server)).toBe(2);
  });

  it('cannot be sent a second time', async () => {
    const server = await listen(ours, 'TCP', { pauseOnConnect: true });
    const own = child('builtin');
    await own.message();
    const { peer } = await dial(server);
    await own.send('socket', peer);
    await own.message();
    await own.send('socket', peer);
    expect(await own.message()).toBe('no socket');
  });

  it('takes what was read along when it is adopted late', async () => {
    const server = await listen(builtin, 'TCP', {});
    const { client, peer } = await dial(server);
    client.end('read by the builtin');
    await once(peer, 'readable');
    const adopted = new ours.Socket({ handle: peer } as unknown as builtin.SocketConstructorOpts);
    const close = once(peer, 'close');
    expect(await adopted.toArray()).toEqual([Buffer.from('read by the builtin')]);
    adopted.end();
    await close;
  });
});
