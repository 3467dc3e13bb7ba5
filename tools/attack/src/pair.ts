import { once } from 'node:events';
import type { ConnectOptions, Server, Socket } from '@netstrata/net-compat/core';
import type { Ground } from './grounds.js';

/** The endpoint of a server that listens now. */
export async function listen(listener: Server, at: ReturnType<Ground['place']>): Promise<ReturnType<Ground['place']>> {
  await new Promise<void>((resolve) => {
    listener.listen(at, resolve);
  });
  const address = listener.address();
  return typeof address === 'object' && address !== null && 'port' in at ? { host: at.host, port: address.port } : at;
}

/** Both ends of one connection, which `end` resets and forgets. */
export async function pair({ net, place }: Ground, options: object = {}): Promise<{ readonly client: Socket; readonly server: Socket; end: () => Promise<void> }> {
  const listener = net.createServer({ allowHalfOpen: true, pauseOnConnect: true });
  const where = await listen(listener, place());
  const accepted = once(listener, 'connection') as Promise<[Socket]>;
  const client = net.connect({ ...where, ...options } as ConnectOptions);
  const [[server]] = await Promise.all([accepted, once(client, 'connect')]);
  const end = async (): Promise<void> => {
    client.destroy();
    server.destroy();
    listener.close();
    await once(listener, 'close');
  };
  return { client, server, end };
}
