// The runtime's own tls over our sockets.
import { deepStrictEqual } from 'node:assert';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import net from '@netstrata/net-compat';
import { runner } from './runner.mjs';

const { describe, it } = runner;
const [key, cert] = ['key', 'certificate'].map((name) => readFileSync(new URL(`../certificate/${name}.pem`, import.meta.url)));

/** A client that sends a text and ends; what comes back, once both ends are closed. */
async function echoed(secured, raw) {
  let text = '';
  secured.on('data', (data) => { text += data; });
  secured.end('over tls');
  await Promise.all([once(secured, 'close'), once(raw, 'close')]);
  return text;
}

const echo = (socket) => socket.on('error', () => {}).pipe(socket);

describe('tls over our sockets', () => {
  for (const when of ['is connected', 'is on its way']) {
    it(`on a socket that ${when}`, async () => {
      const server = tls.createServer({ key, cert }, echo).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const raw = net.connect(server.address().port, '127.0.0.1');
      if (when === 'is connected') await once(raw, 'connect');
      const secured = tls.connect({ socket: raw, rejectUnauthorized: false });
      await once(secured, 'secureConnect');
      deepStrictEqual([await echoed(secured, raw), raw.bytesRead > 0], ['over tls', true]);
      server.close();
    });
  }

  it('on the sockets of a server', async () => {
    const server = net.createServer((raw) => echo(new tls.TLSSocket(raw, { isServer: true, key, cert }))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const secured = tls.connect({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(secured, 'secureConnect');
    deepStrictEqual(await echoed(secured, secured), 'over tls');
    server.close();
  });
});
