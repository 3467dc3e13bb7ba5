import type { DataArguments, ReadableOfNode } from './node-types.js';

/** An error of a connection: most are the system's, and say which (`ECONNREFUSED`) and of what. */
export interface ConnectionError extends Error {
  code?: string;
  errno?: number;
  syscall?: string;
  path?: string;
  address?: string;
  port?: number;
}

/** The events of a socket, with what their listeners get. */
export interface SocketEventMap {
  close: [hadError: boolean];
  connect: [];
  connectionAttempt: [ip: string, port: number, family: number];
  connectionAttemptFailed: [ip: string, port: number, family: number, error: ConnectionError];
  connectionAttemptTimeout: [ip: string, port: number, family: number];
  data: DataArguments;
  drain: [];
  end: [];
  error: [error: ConnectionError];
  finish: [];
  lookup: [error: Error | null, address: string, family: number | null, host: string];
  pause: [];
  pipe: [source: ReadableOfNode];
  readable: [];
  ready: [];
  resume: [];
  timeout: [];
  unpipe: [source: ReadableOfNode];
}
