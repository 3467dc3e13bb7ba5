import { createNet } from '@netstrata/net-compat/core';
import { createNetwork } from '@netstrata/transport-memory';

/** One thing that happened, and when: milliseconds since the beginning. */
export interface Said {
  readonly at: number;
  readonly who: string;
  readonly text: string;
}

/** Two clients say the same to a server, over a short link and a long one. Resolves when both have been answered. */
export async function converse(words: string, onSaid: (said: Said) => void): Promise<void> {
  const network = createNetwork();
  const hosts = { server: network.host('server'), near: network.host('near'), far: network.host('far') };
  network.link(hosts.far, hosts.server, { latency: 300 });
  const begin = performance.now();
  const say = (who: string, text: string): void => { onSaid({ at: performance.now() - begin, who, text }); };

  const server = createNet(hosts.server).createServer((socket) => {
    say('server', `${socket.remoteAddress} has connected`);
    socket.on('data', (chunk) => socket.write(chunk.toString().toUpperCase()));
  }).listen(7, '0.0.0.0');
  await Promise.all((['near', 'far'] as const).map((name) => new Promise<void>((resolve, reject) => {
    const socket = createNet(hosts[name]).connect(7, 'server', () => {
      say(name, `says “${words}”`);
      socket.end(words);
    });
    socket.setEncoding('utf8').on('data', (text: unknown) => { say(name, `hears “${String(text)}”`); });
    socket.on('error', reject).on('close', () => { resolve(); });
  })));
  server.close();
  network.close();
}
