import { loadBuiltin, nodeMajor } from './runtime.js';

/**
 * What Node's net publishes on `diagnostics_channel`, under the same names. Nothing is made for a channel without subscribers, and where
 * the runtime has no such module there can be none.
 */

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
  subscribe(listener: (message: object) => void): void;
}

const { channel } = (loadBuiltin('diagnostics_channel') ?? {}) as { channel?: (name: string) => Channel };

const clientSocket = channel?.('net.client.socket');
const serverSocket = channel?.('net.server.socket');
// The channels of `tracingChannel('net.server.listen')`; Node uses these three of its five.
const listenStart = channel?.('tracing:net.server.listen:asyncStart');
const listenEnd = channel?.('tracing:net.server.listen:asyncEnd');
const listenError = channel?.('tracing:net.server.listen:error');

/** Before Node 22 only sockets that `net.connect` makes are reported. */
export const tellsOfEverySocket = nodeMajor >= 22;

/** Calls `tell` for each child process that this one is about to start. */
export function tellOfChildren(tell: (child: object) => void): void {
  channel?.('child_process').subscribe((message) => { tell((message as { readonly process: object }).process); });
}

/** A socket is about to connect. */
export function tellClientSocket(socket: object): void {
  if (clientSocket?.hasSubscribers === true) clientSocket.publish({ socket });
}

/** A server has given out a connection. */
export function tellServerSocket(socket: object): void {
  if (serverSocket?.hasSubscribers === true) serverSocket.publish({ socket });
}

/** `listen` was called, with options that have not been checked. */
export function tellListenStart(server: object, options: object): void {
  if (listenStart?.hasSubscribers === true) listenStart.publish({ server, options });
}

/** The server listens; 'listening' follows. */
export function tellListenEnd(server: object): void {
  if (listenEnd?.hasSubscribers === true) listenEnd.publish({ server });
}

/** The system refused; 'error' follows. A name that is not found is no such case. */
export function tellListenError(server: object, error: unknown): void {
  if (listenError?.hasSubscribers === true) listenError.publish({ server, error });
}
