export { socks } from './socks.js';
export type { Timers } from '@netstrata/transport/layers';
export type { Lookup, LookupAddress } from '@netstrata/transport/hosts';
export type { SocksOptions } from './options/socks-options.js';
