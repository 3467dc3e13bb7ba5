import type { DataArguments, ReadableOfNode } from './node-types.js';

/** An error of a connection: most are the system's, and say which (`ECONNREFUSED`) and of what. */
export interface ConnectionError extends Error {
  /** `ECONNREFUSED` and the like. */
  code?: string;
  /** The system's number; negative. */
  errno?: number;
  /** What failed: `connect`, `read`, `write` ... */
  syscall?: string;
  /** The path that was dialled or listened on. */
  path?: string;
  /** The address that was dialled or listened on. */
  address?: string;
  /** The port that was dialled or listened on. */
  port?: number;
}

/** The events of a socket, with what their listeners get. */
export interface SocketEventMap {
  /** It is closed, after an error or without: the last event. */
  close: [hadError: boolean];
  /** It is connected. */
  connect: [];
  /** An attempt at one of several addresses begins. */
  connectionAttempt: [ip: string, port: number, family: number];
  /** An attempt has failed. */
  connectionAttemptFailed: [ip: string, port: number, family: number, error: ConnectionError];
  /** An attempt has taken too long, and was given up. */
  connectionAttemptTimeout: [ip: string, port: number, family: number];
  /** Something has arrived. */
  data: DataArguments;
  /** What waited was sent: `write` may go on. */
  drain: [];
  /** The peer has ended. */
  end: [];
  /** It has failed; 'close' follows. */
  error: [error: ConnectionError];
  /** Everything was sent, after `end`. */
  finish: [];
  /** A name was resolved, or could not be: the error, an address, its family, the name. */
  lookup: [error: Error | null, address: string, family: number | null, host: string];
  /** It was paused. */
  pause: [];
  /** It is the destination of a pipe from now on. */
  pipe: [source: ReadableOfNode];
  /** Something can be read, or the end. */
  readable: [];
  /** It can be used: after 'connect'. */
  ready: [];
  /** It flows again. */
  resume: [];
  /** Nothing was sent or received for the time of `setTimeout`. It stays open. */
  timeout: [];
  /** It is not the destination of a pipe any more. */
  unpipe: [source: ReadableOfNode];
}
