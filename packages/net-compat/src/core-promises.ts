/**
 * The promises for nets that `createNet` makes: as `promises`, without the default net and its transports.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { close, promisesOf } from '@netstrata/net-compat/core-promises';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const { connect, listen } = promisesOf(createNet(createNetwork().host('here', '10.0.0.1')));
 * const server = await listen({ port: 7, host: '10.0.0.1', connectionListener: (socket) => socket.end('hello') });
 * const socket = await connect(7, '10.0.0.1');
 * for await (const chunk of socket) console.log(String(chunk)); // prints hello
 * await close(server);
 * ```
 * @packageDocumentation
 */
import type { Net } from './api/net.js';
import { promised } from './api/promised.js';
import { promisesOf } from './promises/net-promises.js';

export { promisesOf };
export { serve, type Handler, type ServeContext, type ServeOptions } from './promises/serve.js';
export { close, type Closed, type CloseOptions } from './promises/close.js';
export { closeAllConnections } from './promises/connections.js';
export type { NetPromises, PromisedConnect, PromisedListen, PromisedListenOptions } from './api/promised.js';

promised.of = (net) => promisesOf(net as Net);
