import { createNet } from '@netstrata/net-compat/core';
import { tunnel } from '@netstrata/gateway/tunnel';
import { gateway, fetchSettings } from '../settings.js';

/** The way to the gateway: one WebSocket for all connections, dialled when the first is. */
export const carrier = tunnel(gateway, {
  token: async () => (await fetchSettings()).token,
  // Often, for the round trip that the page shows.
  keepAlive: 2000,
});

const net = createNet({ tcp: carrier });

export default net;
export const { Socket, Stream, Server, BoundSocket, BlockList, SocketAddress, connect, createConnection, createServer, isIP, isIPv4, isIPv6 } = net;
