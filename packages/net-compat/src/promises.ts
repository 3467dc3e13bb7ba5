/**
 * Connecting, listening, serving and closing with promises: `node:net/promises` as Node's main branch has it, and what is beyond.
 *
 * @example
 * ```js
 * import { close, connect, listen, serve } from '@netstrata/net-compat/promises';
 *
 * const server = await listen({ port: 0, host: '127.0.0.1' });
 * serve(server, async (socket) => { for await (const chunk of socket) socket.write(chunk); });
 *
 * const socket = await connect({ port: server.address().port, host: '127.0.0.1', connectTimeout: 2000 });
 * socket.end('hello');
 * for await (const chunk of socket) console.log(String(chunk)); // prints hello
 * console.log(await close(server, { grace: 5000 })); // prints { finished: 0, destroyed: 0 }
 * ```
 * @packageDocumentation
 */
import { createConnection } from './api/default-net.js';
import { getDefaultNet } from './api/net.js';
import { promisesOf } from './promises/net-promises.js';

export * from './core-promises.js';

export const {
  /** Connects a socket of the default net. */
  connect,
  /** Creates a server of the default net, and listens. */
  listen,
} = promisesOf(getDefaultNet(createConnection));
