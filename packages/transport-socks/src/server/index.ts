export { socksServer, type SocksServer } from './socks-server.js';
export type { ByteStream } from './byte-stream.js';
export type { Authenticate, SocksRefusal, SocksServerOptions } from './server-options.js';
