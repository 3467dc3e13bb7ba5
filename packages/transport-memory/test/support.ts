import type { Connection, ConnectSink, Transport } from '@netstrata/transport';
import { createNetwork, VirtualTime, type Network, type NetworkOptions } from '../src/index.js';

/** A network in virtual time, and what moves it. */
export function network(options: NetworkOptions = {}): { readonly time: VirtualTime; readonly network: Network; readonly runTo: (milliseconds: number) => void } {
  const time = new VirtualTime();
  return {
    time,
    network: createNetwork({ time, ...options }),
    runTo(milliseconds) {
      while (time.next !== null && time.next <= milliseconds) time.step();
      time.moveTo(milliseconds);
    },
  };
}

/** What was told of a connection. */
export class Told implements ConnectSink {
  readonly events: string[] = [];
  connection: Connection | null = null;
  onConnect(): void { this.events.push('connect'); }
  onData(chunk: Uint8Array): void { this.events.push(`data ${chunk.length}`); }
  onEnd(): void { this.events.push('end'); }
  onWriteDone(): void { this.events.push('written'); }
  onShutdownDone(): void { this.events.push('shut down'); }
  onClose(error: Error | null): void { this.events.push(`close ${(error as { code?: string } | null)?.code ?? ''}`.trim()); }
}

/** Listens, and reads from whoever comes. */
export function listen(transport: Transport, address: string, port: number): Told[] {
  const accepted: Told[] = [];
  transport.listen!({ address, port, family: 'IPv4' }, {
    onListening() {},
    onConnection(connection) {
      const told = new Told();
      told.connection = connection;
      connection.sink = told;
      connection.readStart();
      accepted.push(told);
    },
    onAcceptError() {},
    onClose() {},
  });
  return accepted;
}

/** Dials. */
export function dial(transport: Transport, address: string, port: number): Told {
  const told = new Told();
  told.connection = transport.connect({ address, port, family: 'IPv4' }, told);
  return told;
}
