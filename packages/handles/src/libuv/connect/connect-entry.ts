import { channel } from 'node:diagnostics_channel';
import { bare } from '@netstrata/stream-core';
import type { InetEndpoint } from '@netstrata/transport';
import { builtinOptions, net } from '../../native/builtin-net.js';
import type { ConnectRequest, StreamHandle } from '../binding/bindings.js';

/**
 * Entries of type 'net' for the observers of `perf_hooks`: only Node's own sockets can make them. So in a program that has loaded
 * perf_hooks such a socket dials in our place. Its handle passes the call on to ours, and its request becomes ours.
 */

type Outcome = (this: ConnectRequest, status: number, handle: unknown, request: unknown, readable: boolean, writable: boolean) => void;

const { moduleLoadList } = process as unknown as { moduleLoadList?: readonly string[] };
const clientSockets = channel('net.client.socket');
const tellsOfEverySocket = Number.parseInt(process.versions.node, 10) >= 22;
/** As it was before anybody put something in its place: what is told to it here is none of their business. */
const connect = Reflect.get(net.Socket.prototype, 'connect') as (this: object, options: object) => unknown;
let listed = 0;
let loaded = false;

/** Whether anybody may be observing. Newer Nodes would tell `diagnostics_channel` of the socket that dials, too. */
export function mayBeObserved(): boolean {
  if (!loaded && moduleLoadList !== undefined && moduleLoadList.length !== listed) {
    listed = moduleLoadList.length;
    loaded = moduleLoadList.includes('NativeModule perf_hooks');
  }
  return loaded && !(tellsOfEverySocket && clientSockets.hasSubscribers);
}

/** A handle that has no connection of its own. */
class PassingHandle {
  reading = false;
  target: StreamHandle | null = null;
  request: ConnectRequest | null = null;
  status = 0;

  connect(request: ConnectRequest, address: string, port: number): number {
    this.request = request;
    return (this.status = this.target!.connect(request, address, port));
  }

  connect6(request: ConnectRequest, address: string, port: number): number {
    this.request = request;
    return (this.status = this.target!.connect6(request, address, port));
  }

  readStart(): number { return 0; }
  readStop(): number { return 0; }
  ref(): void {}
  unref(): void {}
  close(done?: () => void): void { done?.(); }
}

class Dialler {
  readonly handle = new PassingHandle();
  /** It tells nobody, and nothing keeps it from where it goes: both it would take from Object.prototype. */
  readonly socket = Object.assign(new net.Socket(builtinOptions({ handle: this.handle, manualStart: true })), { emit: () => false, blockList: undefined });

  /** Whether it has begun to measure, which shows on it. */
  get measures(): boolean {
    return Object.getOwnPropertySymbols(this.socket).some(({ description }) => description === 'kPerfHooksNetConnectContext');
  }
}

/** One that nobody observed: the next connection can have it. */
let spare: Dialler | null = null;

/** Connects `target`; a libuv status, or null when it has to be done without. */
export function dialObserved(target: StreamHandle, { address, port, family }: InetEndpoint, settled: NonNullable<ConnectRequest['oncomplete']>): number | null {
  const dialler = spare ?? new Dialler();
  const { handle, socket } = dialler;
  spare = null;
  handle.target = target;
  handle.request = null;
  // The answer comes inside the call, and the socket dials before it returns.
  const lookup = (_host: string, _options: object, answer: (error: null, address: string, family: number) => void): void => {
    answer(null, address, family === 'IPv6' ? 6 : 4);
  };
  connect.call(socket, bare({ port, host: 'resolved', autoSelectFamily: false, lookup }));
  const request = handle.request as ConnectRequest | null;
  handle.target = null;
  if (request === null || handle.status !== 0) return request === null ? null : handle.status;
  const told = request.oncomplete as Outcome;
  request.oncomplete = settled;
  if (dialler.measures) {
    request.oncomplete = function (...outcome) {
      settled.apply(this, outcome);
      if (outcome[0] === 0) told.call(request, 0, handle, request, true, true);
    };
  } else {
    (socket as { connecting: boolean }).connecting = false;
    spare = dialler;
  }
  return 0;
}
