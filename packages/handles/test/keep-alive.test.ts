import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { ConnectSink, Connection, Endpoint } from '@netstrata/transport';
import { expect, it } from 'vitest';
import { createNodeNetDriver, getDriver } from '../src/index.js';

/** Seconds until the kernel's next probe of the connection between these ports; null where no such timer runs. */
function nextProbe(from: number, to: number): number | null {
  const [local, remote] = [from, to].map((port) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  const [kind, ticks] = timerOf(local, remote).split(':');
  return kind === '02' ? Number.parseInt(ticks, 16) / 100 : null;
}

/** The list is read in pieces: a line can be missed while other processes open and close connections. */
function timerOf(from: string, to: string): string {
  for (let tries = 0; tries < 100; tries++) {
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
    const found = lines.find(([, local, remote]) => local?.endsWith(from) && remote.endsWith(to));
    if (found !== undefined) return found[5];
  }
  throw new Error(`no connection from ${from} to ${to}`);
}

const silent = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };

for (const driver of new Set([getDriver(), createNodeNetDriver()])) {
  for (const [interval, count] of [[undefined, undefined], [5000, undefined], [undefined, 5], [5000, 5], [0, 0], [500, 5], [5000, 0]]) {
    const given = `an interval of ${interval} and a count of ${count}`;
    it.runIf(process.platform === 'linux')(`the initial delay holds with ${given}, ${driver.name} driver`, async () => {
      const server = createServer((peer) => peer.on('error', () => {})).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const connection = await new Promise<Connection>((resolve, reject) => {
        const sink: ConnectSink = { ...silent, onConnect: () => { resolve(made); }, onClose: reject };
        const made = driver.connect({ address: '127.0.0.1', port, family: 'IPv4' } satisfies Endpoint, sink);
      });
      const local = connection.local as { port: number };
      expect(nextProbe(local.port, port)).toBeNull();
      connection.setKeepAlive!(true, 20_000, interval, count);
      expect(nextProbe(local.port, port)).toBeGreaterThan(10);
      expect(nextProbe(local.port, port)).toBeLessThanOrEqual(20);
      connection.setKeepAlive!(false, 0);
      expect(nextProbe(local.port, port)).toBeNull();
      connection.sink = { ...silent };
      connection.close();
      server.close();
      await once(server, 'close');
    });
  }
}
