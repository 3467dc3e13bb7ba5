import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createServer, Socket, type Server } from '../src/index.js';

const lookup = (): void => {};

async function listening(got: string[]): Promise<[Server, number]> {
  const server = createServer((peer) => {
    peer.on('error', () => {}).on('data', (chunk) => got.push(String(chunk)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return [server, (server.address() as AddressInfo).port];
}

/** node:net sends on the second connection what it has told the caller is lost with the first, and ends or fails that one. */
for (const asked of ['written', 'ended', 'written and ended', 'reset'] as const) {
  for (const when of ["in 'close'", "in 'close', listening first", 'at once'] as const) {
    it(`what is ${asked} on a connection that is never made is not done on the next one, made ${when}`, async () => {
      const got: string[] = [];
      const told: unknown[] = [];
      const [server, port] = await listening(got);
      const socket = new Socket();
      socket.resume().on('error', (error) => told.push(error));
      const again = (): void => {
        socket.connect(port, '127.0.0.1');
        socket.write('fresh', (error) => told.push(error));
      };
      if (when === "in 'close', listening first") socket.once('close', again);
      socket.connect({ host: 'somewhere', port: 1, lookup });
      const lost = new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
        if (asked.includes('written')) socket.write('stale', resolve);
        else resolve(new Error());
      });
      if (asked.includes('ended')) socket.end();
      if (asked === 'reset') socket.resetAndDestroy();
      socket.destroy();
      if (when === 'at once') again();
      if (when === "in 'close'") socket.once('close', again);
      await once(socket, 'connect');
      expect(await lost).toBeInstanceOf(Error);
      socket.write('bye');
      while (!got.join('').includes('bye')) await new Promise((resolve) => setImmediate(resolve));
      expect(got.join('')).toBe('freshbye');
      expect(told).toEqual([null]);
      expect([socket.listenerCount('connect'), socket.listenerCount('close')]).toEqual([0, 0]);
      socket.destroy();
      await once(server.close(), 'close');
    });
  }
}
