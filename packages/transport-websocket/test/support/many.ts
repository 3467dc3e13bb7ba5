import type { Acceptor, Connection, Endpoint, InetEndpoint, ListenEndpoint, Transport } from '@netstrata/transport';
import { muxSession, type MuxSession } from '@netstrata/transport-mux';

const nothing = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {} };

/** Sessions at both ends of one connection: who has dialled, and who has accepted. Nobody listens any more. */
export async function sessionsOver(transport: Transport): Promise<readonly [MuxSession, MuxSession]> {
  let dialled!: Connection;
  const connections = await new Promise<readonly [Connection, Connection]>((resolve, reject) => {
    const refused = (error: Error | null) => { reject(error ?? new Error('closed')); };
    let accepted: Connection | null = null;
    let stands = false;
    const look = () => {
      if (accepted === null || !stands) return;
      listener.close();
      resolve([dialled, accepted]);
    };
    const listener = transport.listen!({ address: '127.0.0.1', port: 0, family: 'IPv4' }, {
      onListening() {
        dialled = transport.connect(listener.local as InetEndpoint, {
          ...nothing, onConnect: () => { stands = true; look(); }, onClose: refused,
        });
      },
      onConnection(connection) {
        connection.sink = { ...nothing, onClose() {} };
        accepted = connection;
        look();
      },
      onAcceptError: refused,
      onClose() {},
    });
  });
  return [muxSession(connections[0], { side: 'dialler' }), muxSession(connections[1], { side: 'acceptor' })];
}

/** For the suite, which listens on several names at once: each name leads to sessions of its own, which have one listener each. */
export function byName(transport: Transport, pairs: ReadonlyMap<string, readonly Transport[]>, at: number): Transport {
  const of = (endpoint: ListenEndpoint) => pairs.get((endpoint as { path: string }).path)![at];
  return {
    name: transport.name,
    capabilities: transport.capabilities,
    connect: (endpoint: Endpoint, sink) => of(endpoint).connect(endpoint, sink),
    listen: (endpoint: ListenEndpoint, acceptor: Acceptor) => of(endpoint).listen!(endpoint, acceptor),
  };
}
