import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';

const ports = new Map<string, Promise<number>>();

/**
 * A port of `host` where nobody listens, and nobody will while this process lives: it is the near end of a connection. One that
 * a server has just left could be given to another process.
 */
export function closedPort(host: string): Promise<number> {
  let port = ports.get(host);
  if (port === undefined) ports.set(host, (port = occupy(host)));
  return port;
}

async function occupy(host: string): Promise<number> {
  const server = createServer((peer) => { peer.on('error', () => {}).unref(); }).listen(0, host);
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, host).on('error', () => {});
  await once(client, 'connect');
  client.unref();
  server.close();
  return client.localPort!;
}
