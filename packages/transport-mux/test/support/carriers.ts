import type { Acceptor, Connection, ConnectSink, Endpoint, Listener, Transport } from '@netstrata/transport';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { muxSession, type MuxOptions, type MuxSession } from '../../src/index.js';

/** Where two ends of a carrier can meet. */
export interface Meeting {
  readonly dials: Transport;
  readonly listens: Transport;
  readonly address: string;
}

export const overTcp: Meeting = { dials: tcp, listens: tcp, address: '127.0.0.1' };

export function inMemory(): Meeting {
  const network = createNetwork();
  const [client, server] = [network.host('client', ['10.0.0.1']), network.host('server', ['10.0.0.2'])];
  return { dials: client.tcp, listens: server.tcp, address: '10.0.0.2' };
}

export const nothing = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };

/** Listens at a free port of the meeting. */
export function listen({ listens, address }: Meeting, onConnection: (connection: Connection) => void): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const acceptor: Acceptor = {
      onListening: () => resolve(listener),
      onConnection,
      onAcceptError: reject,
      onClose: (error) => error && reject(error),
    };
    const listener = listens.listen!({ address, port: 0, family: 'IPv4' }, acceptor);
  });
}

/** A connection that stands, with a sink that does nothing. */
function dial(transport: Transport, endpoint: Endpoint): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const sink: ConnectSink = { ...nothing, onConnect: () => resolve(connection), onClose: (error) => reject(error ?? new Error('closed')) };
    const connection = transport.connect(endpoint, sink);
  });
}

/** Both ends of one connection: who has dialled, and who has accepted. Nobody listens any more. */
export async function carrier(meeting: Meeting): Promise<[dialled: Connection, accepted: Connection]> {
  let resolve!: (connection: Connection) => void;
  const promise = new Promise<Connection>((done) => (resolve = done));
  const listener = await listen(meeting, (connection) => {
    connection.sink = nothing;
    resolve(connection);
  });
  const dialled = await dial(meeting.dials, listener.local!);
  const accepted = await promise;
  listener.close();
  return [dialled, accepted];
}

/** The connection, of which each call is told. */
export function watched(connection: Connection, called: (name: PropertyKey) => void): Connection {
  return new Proxy(connection, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        called(name);
        return Reflect.apply(value, target, args) as unknown;
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

export async function sessions(meeting: Meeting, options: MuxOptions = {}): Promise<[dialler: MuxSession, acceptor: MuxSession]> {
  const [dialled, accepted] = await carrier(meeting);
  return [muxSession(dialled, { side: 'dialler', ...options }), muxSession(accepted, { side: 'acceptor', ...options })];
}
