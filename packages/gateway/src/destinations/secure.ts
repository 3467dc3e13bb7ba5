import type { Duplex as NodeStream } from 'node:stream';
import tls from 'node:tls';
import { isIP } from '@netstrata/ip-utils';
import { Duplex, engine } from '@netstrata/stream-core';
import { systemError, type Connection } from '@netstrata/transport';
import { fromNodeDuplex } from '@netstrata/transport/adapters';
import { Timeout, type Timers } from '@netstrata/transport/layers';

/** Who may be believed, and how long it may take. */
export interface Trusting {
  /** In PEM; null for those that the runtime trusts. */
  readonly ca: readonly string[] | null;
  readonly timeout: number;
  readonly timers: Timers;
}

/**
 * TLS over a connection that stands, as a client: the certificate has to be for `host`. The answer comes once and later; where it is an
 * error the connection is closed. The function that is returned gives up.
 */
export function secure(
  connection: Connection, host: string, trusting: Trusting, answer: (error: Error | null, secured: Connection | null) => void,
): () => void {
  const { ca, timeout, timers } = trusting;
  const [local, remote] = [connection.local ?? undefined, connection.remote ?? undefined];
  const below = new Duplex(connection);
  // To TLS it is a stream of Node's, as it has all of it.
  const stream: unknown = below;
  const socket = tls.connect({
    socket: stream as NodeStream, host, ...(isIP(host) === 0 && { servername: host }), ...(ca !== null && { ca: [...ca] }),
  });
  const reset = (): void => {
    below[engine].abortOnRelease();
    socket.destroy();
    below.destroy();
  };
  // Its own knows sockets of TCP alone.
  socket.resetAndDestroy = (): typeof socket => {
    reset();
    return socket;
  };
  const deadline = new Timeout(timers);
  const end = (error: Error | null): void => {
    deadline.stop();
    socket.removeListener('error', end);
    socket.removeListener('secureConnect', stands);
    below.removeListener('error', end);
    // What breaks below is nobody's to hear but that of TLS.
    below.on('error', (broken: Error) => { socket.destroy(broken); });
    if (error === null) answer(null, fromNodeDuplex(socket, { local, remote }));
    else {
      socket.on('error', () => {});
      reset();
      answer(error, null);
    }
  };
  const stands = (): void => { end(null); };
  deadline.start(timeout, () => { end(systemError({ code: 'ETIMEDOUT', syscall: 'connect', endpoint: remote })); });
  socket.on('error', end);
  below.on('error', end);
  socket.on('secureConnect', stands);
  return () => {
    answer = () => {};
    end(systemError({ code: 'ECONNABORTED', syscall: 'connect' }));
  };
}
