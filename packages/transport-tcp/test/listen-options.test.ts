import { createNodeNetDriver, getDriver } from '@netstrata/handles';
import type { Acceptor, Connection, Endpoint, InetEndpoint, Listener, ListenEndpoint, ListenerOptions, Transport } from '@netstrata/transport';
import { describe, expect, it, vi } from 'vitest';
import { createTcp } from '../src/tcp.js';

const drivers = { [getDriver().name]: getDriver(), host: createNodeNetDriver() };
const silent = { onData: () => {}, onEnd: () => {}, onWriteDone: () => {}, onShutdownDone: () => {}, onClose: () => {} };

/** A listener whose events can be waited for. */
class Listening implements Acceptor {
  readonly listener: Listener;
  /** Rejects when it cannot listen. */
  readonly local: Promise<InetEndpoint>;
  connections = 0;
  #closed!: () => void;

  constructor(transport: Transport, endpoint: ListenEndpoint, options?: ListenerOptions) {
    this.local = new Promise((resolve, reject) => {
      this.onListening = () => { resolve(this.listener.local as InetEndpoint); };
      this.onClose = (error) => {
        if (error !== null) reject(error);
        this.#closed();
      };
    });
    this.#closed = () => {};
    this.listener = transport.listen!(endpoint, this, options);
  }

  onListening!: () => void;
  onClose!: (error: Error | null) => void;

  onConnection(connection: Connection): void {
    this.connections++;
    connection.sink = silent;
    connection.close();
  }

  onAcceptError(error: Error): void {
    throw error;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#closed = resolve;
      this.listener.close();
    });
  }
}

function dial(transport: Transport, remote: Endpoint): Promise<Error | null> {
  return new Promise((resolve) => {
    const connection = transport.connect(remote, {
      ...silent,
      onConnect() {
        connection.close();
        resolve(null);
      },
      onClose: resolve,
    });
  });
}

const loopback = (family: 'IPv4' | 'IPv6', port: number): Endpoint => ({ address: family === 'IPv4' ? '127.0.0.1' : '::1', port, family });

for (const [driver, handles] of Object.entries(drivers)) {
  const tcp = createTcp(handles);

  describe(`listening, ${driver} driver`, () => {
    it('on no address takes both families, on a port of its own choice', async () => {
      const own = new Listening(tcp, { port: 0 });
      const { address, port, family } = await own.local;
      expect([address, family]).toEqual(['::', 'IPv6']);
      expect(port).toBeGreaterThan(0);
      expect(await dial(tcp, loopback('IPv4', port))).toBeNull();
      expect(await dial(tcp, loopback('IPv6', port))).toBeNull();
      expect(own.connections).toBe(2);
      await own.close();
    });

    it('with ipv6Only leaves IPv4 to others', async () => {
      const six = new Listening(tcp, { address: '::', port: 0, family: 'IPv6' }, { ipv6Only: true });
      const { port } = await six.local;
      expect(await dial(tcp, loopback('IPv4', port))).toMatchObject({ code: 'ECONNREFUSED' });
      const four = new Listening(tcp, { address: '0.0.0.0', port, family: 'IPv4' });
      await four.local;
      await dial(tcp, loopback('IPv4', port));
      await dial(tcp, loopback('IPv6', port));
      expect([four.connections, six.connections]).toEqual([1, 1]);
      await Promise.all([four.close(), six.close()]);
    });

    it('with reusePort shares a port, where libuv can', async () => {
      const [, minor = 0] = process.versions.uv.split('.').map(Number);
      const first = new Listening(tcp, loopback('IPv4', 0), { reusePort: true });
      if (minor < 49) {
        await expect(first.local).rejects.toMatchObject({ code: 'ENOTSUP', syscall: 'listen' });
        return;
      }
      const { port } = await first.local;
      const second = new Listening(tcp, loopback('IPv4', port), { reusePort: true });
      await second.local;
      await expect(new Listening(tcp, loopback('IPv4', port)).local).rejects.toMatchObject({ code: 'EADDRINUSE' });
      for (let i = 0; i < 100 && (first.connections === 0 || second.connections === 0); i++) await dial(tcp, loopback('IPv4', port));
      expect(Math.min(first.connections, second.connections)).toBeGreaterThan(0);
      await Promise.all([first.close(), second.close()]);
    });

    it('has a backlog of 511, or what is asked for', async () => {
      const { TCP } = (process as unknown as { binding(name: string): { TCP: { prototype: { listen(backlog: number): number } } } }).binding('tcp_wrap');
      const listen = vi.spyOn(TCP.prototype, 'listen');
      const first = new Listening(tcp, loopback('IPv4', 0));
      const second = new Listening(tcp, loopback('IPv4', 0), { backlog: 7 });
      await Promise.all([first.local, second.local]);
      expect(listen.mock.calls).toEqual([[511], [7]]);
      listen.mockRestore();
      await Promise.all([first.close(), second.close()]);
    });
  });
}
