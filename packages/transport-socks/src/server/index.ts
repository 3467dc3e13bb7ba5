/**
 * A SOCKS5 server: a function that serves any byte stream, by a policy that denies what is not allowed.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { createNetwork } from '@netstrata/transport-memory';
 * import { socks } from '@netstrata/transport-socks';
 * import { socksServer } from '@netstrata/transport-socks/server';
 *
 * const network = createNetwork();
 * const proxy = network.host('proxy', '10.0.0.1');
 * const client = network.host('client', '10.0.0.2');
 *
 * const serve = socksServer({ over: proxy.tcp, policy: { allow: ['10.0.0.3'] }, onRefused: ({ reason }) => console.log(reason) });
 * createNet(proxy).createServer(serve).listen(1080);
 *
 * const net = createNet({ tcp: socks('socks5://10.0.0.1:1080', { over: client.tcp }) });
 * net.connect(7, '10.0.0.4').on('error', (error) => console.log(error.syscall)); // prints connect
 * ```
 * @packageDocumentation
 */
export { socksServer, type SocksServer } from './socks-server.js';
export type { ByteStream } from './byte-stream.js';
export type { Authenticate, SocksRefusal, SocksServerOptions } from './server-options.js';
