/** The version of what clients and gateways say to each other: the subprotocol of the WebSocket. */
export const PROTOCOL = 'netstrata.1';
