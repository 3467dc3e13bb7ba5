/**
 * Node's `net`, made of layers: the same names, behaviour and errors, over TCP, UNIX sockets and pipes, or over what you give it. It can
 * be imported or required, and its sockets and servers are those of `node:net` to everything that asks.
 *
 * @example
 * ```js
 * import net from '@netstrata/net-compat';
 *
 * const server = net.createServer((socket) => socket.pipe(socket));
 * server.listen(0, '127.0.0.1', () => {
 *   const client = net.connect(server.address().port, '127.0.0.1');
 *   client.setEncoding('utf8').on('data', (text) => {
 *     console.log(text); // prints hello
 *     client.end();
 *     server.close();
 *   });
 *   client.write('hello');
 * });
 * ```
 * @packageDocumentation
 */
export * from './core.js';
export { required as default, required as 'module.exports' } from './as-required.js';
export { BlockList, SocketAddress } from './api/address-classes.js';
export {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs, _createServerHandle,
} from './api/default-net.js';
