/**
 * UNIX sockets, abstract sockets and Windows pipes as a transport: what `net-compat` uses by default for paths.
 *
 * @example
 * ```js
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { ipc } from '@netstrata/transport-ipc';
 *
 * const name = `netstrata-${process.pid}-reference`;
 * const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
 *
 * const listener = ipc.listen({ path }, {
 *   onListening() {
 *     console.log(listener.local.path === path); // prints true
 *     listener.close();
 *   },
 *   onConnection: (connection) => connection.close(),
 *   onAcceptError: console.error,
 *   onClose: (error) => console.log('closed', error), // prints closed null
 * });
 * ```
 * @packageDocumentation
 */
export { createIpc, ipc } from './ipc.js';
