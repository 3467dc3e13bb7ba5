/**
 * SOCKS5, SOCKS4a and HTTP CONNECT as a transport: what is dialled goes through a proxy.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { socks } from '@netstrata/transport-socks';
 * import { socksServer } from '@netstrata/transport-socks/server';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const network = createNetwork();
 * const proxy = network.host('proxy', '10.0.0.1');
 * const near = network.host('near', '10.0.0.2');
 * const far = createNet(network.host('far', '10.0.0.3'));
 *
 * const serve = socksServer({ over: proxy.tcp, policy: { allow: ['10.0.0.3'] } });
 * createNet(proxy).createServer(serve).listen(1080);
 * far.createServer((socket) => socket.end(`hello ${socket.remoteAddress}`)).listen(7, '10.0.0.3');
 *
 * const net = createNet({ tcp: socks('socks5://10.0.0.1:1080', { over: near.tcp }) });
 * net.connect(7, '10.0.0.3').setEncoding('utf8').on('data', (text) => console.log(text)); // prints hello 10.0.0.1
 * ```
 * @packageDocumentation
 */
export { socks } from './socks.js';
export type { Timers } from '@netstrata/transport/layers';
export type { Lookup, LookupAddress } from '@netstrata/transport/hosts';
export type { SocksOptions } from './options/socks-options.js';
