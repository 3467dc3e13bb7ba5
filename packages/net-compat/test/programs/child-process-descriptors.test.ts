import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Child } from '../support/child.js';
import { freshPath } from '@netstrata/config/fresh-path';

const fdOf = (owner: Server | Socket): number => (owner as unknown as { _handle: { fd: number } })._handle.fd;

let child: Child | undefined;
afterEach(() => child?.stop());

async function read(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}

describe.skipIf(process.platform === 'win32')('a process that inherits descriptors', () => {
  it('listens on one, and tells where', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as AddressInfo;
    child = new Child('descriptors', ['listen'], {}, [fdOf(server)]);
    server.close();
    expect(await child.message()).toEqual({ address });
    expect(await read(connect(address.port, '127.0.0.1'))).toBe('from descriptor 4');
  });

  it('listens on one that is a pipe', async () => {
    const path = freshPath();
    const server = createServer().listen(path);
    await once(server, 'listening');
    child = new Child('descriptors', ['listen on a pipe'], {}, [fdOf(server)]);
    expect(await child.message()).toEqual({ listening: true });
    // Both processes accept: this one does so, and closes, until the other was quicker.
    server.on('connection', (socket) => socket.end());
    let answer = '';
    while (answer === '') answer = await read(connect(path));
    expect(answer).toBe('from descriptor 4');
    server.close();
  });

  for (const form of ['options', 'number']) {
    it(`goes on with a connection, given as ${form}`, async () => {
      const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
      const [peer] = (await once(server, 'connection')) as [Socket];
      child = new Child('descriptors', [form], {}, [fdOf(server), fdOf(peer)]);
      peer.destroy();
      server.close();
      expect(await child.message()).toEqual({ remotePort: client.localPort, readyState: 'open' });
      client.write('hello');
      expect(await read(client)).toBe('got hello');
    });
  }
});
