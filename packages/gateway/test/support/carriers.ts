import type { InetEndpoint, Transport } from '@netstrata/transport';
import type { Claims, Gateway } from '../../src/index.js';
import type { DialCarrier } from '../../src/tunnel/tunnel.js';

/** Carriers of another kind than WebSockets: the gateway takes what is accepted at an endpoint. Gives what dials it. */
export async function carriedBy(
  gateway: Gateway, listening: Transport, endpoint: InetEndpoint, dialling: Transport, claims?: Claims,
): Promise<DialCarrier> {
  const local = await new Promise<InetEndpoint>((resolve, reject) => {
    const listener = listening.listen!(endpoint, {
      onListening: () => { resolve(listener.local as InetEndpoint); },
      onConnection: (connection) => { gateway.carry(connection, claims); },
      onAcceptError: reject,
      onClose: (error) => { reject(error ?? new Error('closed')); },
    });
    listener.unref();
  });
  return (sink) => dialling.connect(local, sink);
}
