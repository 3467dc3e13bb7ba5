import { once } from 'node:events';
import type { ConnectOptions, Socket } from '@netstrata/net-compat/core';
import type { Ground } from './attack.js';

/** Both ends of one connection, which is reset and forgotten by `end`. */
export async function pair({ net, place }: Ground, options: object = {}): Promise<{ readonly client: Socket; readonly server: Socket; end: () => Promise<void> }> {
  const at = place();
  const listener = net.createServer({ allowHalfOpen: true, pauseOnConnect: true });
  await new Promise<void>((resolve) => {
    listener.listen(at, resolve);
  });
  const address = listener.address();
  const where = typeof address === 'object' && address !== null && 'host' in at ? { host: at.host, port: address.port } : at;
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
