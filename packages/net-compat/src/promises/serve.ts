import { optionsOf } from '@netstrata/stream-core';
import { checkSignal, onAbort } from '../args/signals.js';
import { checkFunction, checkInt32 } from '../args/validate.js';
import type { Server } from '../server/server.js';
import type { Socket } from '../socket/socket.js';
import type { Signal } from '../types/node-types.js';
import { close, controllerOf } from './close.js';
import { checkServer, during } from './connections.js';

/** What a handler gets besides its socket. */
export interface ServeContext {
  /** Aborts when the server is being closed by `close`: a handler that waits for the next request of its peer may end. */
  readonly signal: Signal;
}

/** Serves one connection. It may go on working with the socket when it has returned; then `close` takes the connection for idle. */
export type Handler = (socket: Socket, context: ServeContext) => unknown;

/** How `serve` calls its handler. */
export interface ServeOptions {
  /** How many handlers may run at once; more connections wait, as many as the server's `backlog`. No limit when not given. */
  concurrency?: number | undefined;
  /** Aborting it ends serving as `close(server)` does. */
  signal?: Signal | undefined;
  /**
   * Told what a handler has thrown, or has rejected with, when its socket was destroyed; and, without a socket, what befell the server
   * while it went on listening (EMFILE).
   */
  onError?: ((error: unknown, socket: Socket | null) => void) | undefined;
}

/**
 * Calls a handler for each connection of a server. A handler that throws or rejects destroys its socket, and nothing else. An error of a
 * socket that nobody listens to destroys that socket alone, too.
 * @returns a promise that resolves when the server has closed and the last handler has come to its end
 * @throws (rejects with) what keeps the server from listening
 * @example
 * ```js
 * import { close, connect, listen, serve } from '@netstrata/net-compat/promises';
 *
 * const server = await listen({ port: 0, host: '127.0.0.1' });
 * const over = serve(server, async (socket) => { for await (const chunk of socket) socket.end(chunk); });
 *
 * const socket = await connect(server.address().port, '127.0.0.1');
 * socket.write('hello');
 * for await (const chunk of socket) console.log(String(chunk)); // prints hello
 * await close(server);
 * await over;
 * ```
 */
export async function serve(server: Server, handler: Handler, options: ServeOptions = {}): Promise<void> {
  checkServer(server);
  checkFunction(handler, 'handler');
  const { concurrency, signal, onError } = optionsOf(options, ['concurrency', 'signal', 'onError']);
  if (concurrency !== undefined && concurrency !== Number.POSITIVE_INFINITY) checkInt32(concurrency, 'options.concurrency', 1);
  if (signal !== undefined) checkSignal(signal, 'options.signal');
  if (onError !== undefined) checkFunction(onError, 'options.onError');
  const tell = (error: unknown, socket: Socket | null): void => {
    try {
      onError?.(error, socket);
    } catch (thrown) {
      const failure = thrown as Error;
      // The process hears of it, as of what a listener throws; serving goes on.
      void Promise.reject(failure);
    }
  };
  const running = new Set<Promise<void>>();
  const run = async (socket: Socket): Promise<void> => {
    try {
      await handler(socket, { signal: controllerOf(server).signal });
    } catch (error) {
      socket.destroy();
      tell(error, socket);
    }
  };
  const stop = signal === undefined ? null : endOn(server, signal);
  try {
    for await (const socket of connections(server, tell)) {
      socket.on('error', () => {});
      const work = during(server, socket, run(socket)).finally(() => { running.delete(work); });
      running.add(work);
      while (running.size >= (concurrency ?? Number.POSITIVE_INFINITY)) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    stop?.();
  }
}

/** A server that goes on listening after an error has connections to give, too. */
async function* connections(server: Server, tell: (error: unknown, socket: null) => void): AsyncGenerator<Socket, void> {
  for (;;) {
    try {
      yield* server;
      return;
    } catch (error) {
      if (!server.listening) throw error;
      tell(error, null);
    }
  }
}

function endOn(server: Server, signal: Signal): (() => void) | null {
  const end = (): void => { void close(server); };
  if (!signal.aborted) return onAbort(signal, end);
  end();
  return null;
}
