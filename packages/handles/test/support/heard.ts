import { once, EventEmitter } from 'node:events';
import type { Acceptor, Connection, DialOptions, ConnectSink, Endpoint, InetEndpoint, Listener, ListenEndpoint, ListenerOptions } from '@netstrata/transport';
import type { HandleDriver } from '../../src/index.js';

/** A sink and an acceptor in one. Each event comes once, with one value, and can be waited for before it comes. */
export class Heard extends EventEmitter implements ConnectSink, Acceptor {
  readonly connections: Connection[] = [];
  text = '';
  onData(bytes: Uint8Array): void { this.emit('data', (this.text += Buffer.from(bytes).toString())); }
  onEnd(): void { this.emit('end'); }
  onWriteDone(): void {}
  onShutdownDone(): void {}
  onClose(error: Error | null): void { this.emit('close', error); }
  onConnect(): void { this.emit('connect'); }
  onListening(): void { this.emit('listening'); }
  onAcceptError(error: Error): void { throw error; }
  onConnection(connection: Connection): void {
    this.connections.push(connection);
    this.emit('connection', connection);
  }
  async one(event: string): Promise<unknown> { return ((await once(this, event)) as unknown[])[0]; }
}

export const loopback = (port = 0, family: 'IPv4' | 'IPv6' = 'IPv4'): InetEndpoint => ({ address: family === 'IPv4' ? '127.0.0.1' : '::1', port, family });

/** What comes of listening: the listener, or the error. */
export async function listening(driver: HandleDriver, at: ListenEndpoint, options?: ListenerOptions): Promise<{ acceptor: Heard; listener: Listener; error: unknown }> {
  const acceptor = new Heard();
  const listener = driver.listen(at, acceptor, options);
  const error = await Promise.race([acceptor.one('listening'), acceptor.one('close')]);
  return { acceptor, listener, error: error ?? null };
}

/** What comes of a dial: null when it was answered, the error otherwise. */
export async function dialled(driver: HandleDriver, to: Endpoint, options?: DialOptions): Promise<unknown> {
  const sink = new Heard();
  const connection = driver.connect(to, sink, options);
  const error = await Promise.race([sink.one('connect'), sink.one('close')]);
  connection.close();
  return error ?? null;
}

/** Both ends of a connection, which nobody else has. */
export async function pair(driver: HandleDriver, at: ListenEndpoint): Promise<{ near: Connection; far: Connection }> {
  const { acceptor, listener } = await listening(driver, at);
  const sink = new Heard();
  const accepted = acceptor.one('connection');
  const near = driver.connect(listener.local!, sink);
  await sink.one('connect');
  const far = (await accepted) as Connection;
  listener.close();
  return { near, far };
}
