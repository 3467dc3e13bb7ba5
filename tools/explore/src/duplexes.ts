import type { WorldHost } from '@netstrata/simulation';
import { Duplex } from '@netstrata/stream-core';
import type { Connection, Endpoint } from '@netstrata/transport';
import type { ServerPlan } from './program.js';

type Numbered = Connection & { readonly id: number };

/** Streams directly on a transport, without a net in between. */
export function listenDuplex(host: WorldHost, endpoint: Endpoint, { options, backlog }: ServerPlan, accepted: (duplex: Duplex, connection: Numbered) => void): void {
  const transport = 'path' in endpoint ? host.host.ipc : host.host.tcp;
  transport.listen!(endpoint, {
    onListening() {},
    onConnection(connection) {
      const duplex = new Duplex(connection, { ...options, clock: host.clock });
      connection.owner = duplex;
      accepted(duplex, connection as Numbered);
    },
    onAcceptError() {},
    onClose() {},
  }, { backlog });
}

export function dialDuplex(host: WorldHost, endpoint: Endpoint, duplex: Duplex, connected: (connection: Numbered) => void): void {
  const transport = 'path' in endpoint ? host.host.ipc : host.host.tcp;
  const connection = transport.connect(endpoint, {
    onConnect() {
      connected(connection as Numbered);
      duplex.attach(connection);
    },
    onClose(error) { if (error !== null) duplex.destroy(error); },
    onData() {},
    onEnd() {},
    onWriteDone() {},
    onShutdownDone() {},
  });
  connection.owner = duplex;
  duplex.on('close', () => { connection.close(); });
}
