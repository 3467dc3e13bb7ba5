import type { EventEmitter } from '@netstrata/stream-core';
import type { Listener } from '@netstrata/transport';
import type { AddressChecker } from '../args/address-checker.js';

/** @internal Where a server keeps its listener: one that listens, or is about to, or has just failed. */
export const listener = Symbol('netstrata.listener');

/** @internal What a server that was told to listen does when its `_listen2`, which a tool has wrapped, is called with these. */
export const listenTask = Symbol('netstrata.listenTask');

/** @internal The forms of `_listen2` that are this package's own: what else stands there was put there by a tool. */
export const ownListen2 = new WeakSet<object>();

/** @internal Where a server keeps how the streams of its sockets shall work, if it was given anything. */
export const streamChoice = Symbol('netstrata.streamChoice');

export interface StreamChoice {
  readonly gather: boolean | undefined;
  readonly pooledReads: boolean | undefined;
}

/** @internal Where a server keeps the length of its accept queue, if it was given one. */
export const backlog = Symbol('netstrata.backlog');

/** @internal Where a server keeps the connections that wait for a loop over it. */
export const waiting = Symbol('netstrata.waiting');

/** @internal Where a server keeps the sockets that it has accepted, where somebody wants to know them. */
export const accepted = Symbol('netstrata.accepted');

/** Whether servers keep the sockets that they accept. */
export const tracking = { isOn: false };

/** Connections that were passed to a child process, as Node's child_process keeps count of them. */
export interface WorkerSockets {
  getConnections(callback: (error: Error | null, count: number) => void): void;
  close(callback: () => void): void;
  once(event: 'exit', listener: (worker: WorkerSockets) => void): unknown;
}

/** What the other files ask of a server. */
export interface ServerFace extends EventEmitter {
  [listener]: Listener | null;
  [listenTask]?: { readonly args: readonly unknown[]; readonly begin: () => void } | undefined;
  [streamChoice]: StreamChoice | undefined;
  [backlog]?: number | undefined;
  /** `closing`: nobody may be left to take them. */
  [waiting]?: { closing(): void };
  [accepted]?: Set<object>;
  /** Milliseconds without a byte after which a socket is destroyed that nobody watches. */
  readonly idleTimeout?: number | undefined;
  listen(...args: never[]): unknown;
  _listen2(address: string | null, port: number, family: number, backlog?: number, fd?: number, flags?: number): void;
  readonly listening: boolean;
  _connections: number;
  _usingWorkers: boolean;
  _workers: WorkerSockets[];
  readonly _unref: boolean;
  _listeningId: number;
  _connectionKey: string | undefined;
  _pipeName: string | undefined;
  readonly allowHalfOpen: boolean;
  readonly pauseOnConnect: boolean;
  readonly noDelay: boolean;
  readonly keepAlive: boolean;
  /** Seconds. */
  readonly keepAliveInitialDelay: number;
  readonly highWaterMark: number;
  readonly blockList: AddressChecker | undefined;
  readonly maxConnections: number | undefined;
  close(): unknown;
  _emitCloseIfDrained(): void;
}
