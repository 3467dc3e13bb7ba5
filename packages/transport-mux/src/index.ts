export { mux, type MuxState, type MuxTransport, type MuxTransportOptions } from './transports/mux.js';
export { muxSession, type MuxSession, type MuxSessionOptions } from './transports/mux-session.js';
export type { DialCarrier } from './transports/carrier.js';
export type { MuxClock, MuxOptions } from './options/mux-options.js';
export type { PingDone } from './session/pings.js';
