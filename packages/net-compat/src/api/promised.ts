import type { AnyListenOptions, ServerOptions } from '../server/server-options.js';
import type { ConnectionListener, Server } from '../server/server.js';
import type { ConnectOptions } from '../socket/socket-options.js';
import type { Socket } from '../socket/socket.js';
import type { Signal } from '../types/node-types.js';

/** What `listen` takes: the options of `createServer` and those of `server.listen`. */
export interface PromisedListenOptions extends ServerOptions, AnyListenOptions {
  /** A listener of 'connection'. Without one, connections wait for `for await (const socket of server)`, as many as the `backlog`. */
  connectionListener?: ConnectionListener | undefined;
  /** Before the server listens: it is closed, and the promise rejects with an AbortError. After that: the server is closed. */
  signal?: Signal | undefined;
}

/**
 * Connects. What the socket is created with can be among the options. Several addresses of a name are tried in attempts that overlap,
 * unless `autoSelectFamily` says otherwise or is off for the net.
 * @returns the connected socket. It does not keep the `signal`.
 * @throws (rejects with) the socket's error; an AbortError with the code ABORT_ERR when the signal aborts. The socket is destroyed then.
 */
export interface PromisedConnect {
  (options: ConnectOptions): Promise<Socket>;
  (port: number | string, host?: string): Promise<Socket>;
  (path: string): Promise<Socket>;
}

/**
 * Creates a server and listens: on any port when it is told nothing.
 * @returns the server that listens
 * @throws (rejects with) the server's error; an AbortError with the code ABORT_ERR when the signal aborts first. The server is closed then.
 */
export interface PromisedListen {
  (options?: PromisedListenOptions): Promise<Server>;
  (port: number | string, host?: string): Promise<Server>;
  (path: string): Promise<Server>;
}

/** `node:net/promises`, as Node's main branch has it, over one net. */
export interface NetPromises {
  /** Connects. */
  readonly connect: PromisedConnect;
  /** Creates a server that listens. */
  readonly listen: PromisedListen;
}

/** What makes them: there once the entry for promises is loaded. */
export const promised: { of: ((net: object) => NetPromises) | null } = { of: null };
