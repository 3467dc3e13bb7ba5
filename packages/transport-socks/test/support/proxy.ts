import { Duplex } from '@netstrata/stream-core';
import type { InetEndpoint, ListenEndpoint, Transport } from '@netstrata/transport';
import { socksServer, type SocksServer, type SocksServerOptions } from '../../src/server/index.js';

export const LOOPBACK = { address: '127.0.0.1', port: 0, family: 'IPv4' } as const;

/** Our server on a transport, and the URL of it. It keeps no process alive. */
export async function proxyOn(
  transport: Transport, options: SocksServerOptions, where: ListenEndpoint = LOOPBACK,
): Promise<{ url: string; serve: SocksServer; local: InetEndpoint }> {
  const serve = socksServer(options);
  const local = await new Promise<InetEndpoint>((resolve, reject) => {
    const listener = transport.listen!(where, {
      onListening: () => { resolve(listener.local as InetEndpoint); },
      onConnection: (connection) => { serve(new Duplex(connection)); },
      onAcceptError: reject,
      onClose: (error) => { reject(error ?? new Error('closed')); },
    });
    listener.unref();
  });
  const host = local.family === 'IPv6' ? `[${local.address}]` : local.address;
  return { url: `socks5://${host}:${local.port}`, serve, local };
}
