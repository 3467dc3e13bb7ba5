import type { BunError, BunSocket } from './bun-api.js';

/** Owns the functions that Bun calls, one set for all sockets, and where these find the connection: in the `data` of a socket. */

/** What is called on a connection. */
export interface SocketOwner {
  opened(socket: BunSocket): void;
  refused(error: BunError): void;
  arrived(chunk: Uint8Array): void;
  finished(): void;
  drained(): void;
  gone(error: BunError | null | undefined): void;
}

/** A socket that was given away has no owner. */
function ownerOf(socket: BunSocket): SocketOwner | null {
  return socket.data as SocketOwner | null;
}

/** What the dialler has put into `data` until its call returns. */
interface Dialled {
  readonly self?: { readonly dialling?: SocketOwner };
}

function diallingOf(socket: BunSocket): SocketOwner | null {
  return (socket.data as Dialled | null)?.self?.dialling ?? ownerOf(socket);
}

export const handlers = {
  open(socket: BunSocket): void { diallingOf(socket)?.opened(socket); },
  connectError(socket: BunSocket, error: BunError): void { diallingOf(socket)?.refused(error); },
  data(socket: BunSocket, chunk: Uint8Array): void { ownerOf(socket)?.arrived(chunk); },
  drain(socket: BunSocket): void { ownerOf(socket)?.drained(); },
  end(socket: BunSocket): void { ownerOf(socket)?.finished(); },
  close(socket: BunSocket, error?: BunError): void { ownerOf(socket)?.gone(error); },
  /** What one of these has thrown, a listener of the user's: nobody's to catch. */
  error(_socket: BunSocket, error: Error): void {
    process.nextTick(() => { throw error; });
  },
};
