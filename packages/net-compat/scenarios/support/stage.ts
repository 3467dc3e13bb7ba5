import type { EventEmitter } from 'node:events';
import type * as NodeNet from 'node:net';
import type { Server, Socket } from 'node:net';
import { freshPath } from '@netstrata/config/fresh-path';
import { closedPort } from './closed-port.js';
import { Lanes } from './lanes.js';
import { freshEndpoint, targetOf, type Medium, type Target } from './medium.js';

export type Net = typeof NodeNet;

/** Events that can be listened to without changing what a socket does. */
const SOCKET_EVENTS = [
  'lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout', 'connect', 'ready',
  'timeout', 'drain', 'prefinish', 'finish', 'end', 'pipe', 'unpipe', 'error', 'close',
];
const SERVER_EVENTS = ['listening', 'drop', 'error', 'close'];

export interface WatchOptions {
  /** Record what arrives; it makes the socket flow, as any listener of 'data' does. False when not given. */
  data?: boolean;
  /** The events to record, in place of all that can be listened to for free. */
  events?: readonly string[];
  /** More events to record. */
  also?: readonly string[];
}

/** What a scenario is given: a net, a medium for it, and ways to write down what happens. */
export class Stage {
  readonly net: Net;
  readonly medium: Medium;
  readonly isPipe: boolean;
  readonly #lanes = new Lanes();
  readonly #destroyables: { destroy(): unknown }[] = [];
  readonly #servers: Server[] = [];
  readonly #watched = new Map<EventEmitter, Set<string>>();
  #target: Target | null = null;

  constructor(net: Net, medium: Medium) {
    this.net = net;
    this.medium = medium;
    this.isPipe = medium === 'ipc';
  }

  // ---- the network --------------------------------------------------------------------------------------------------

  /** Makes `server` listen on the medium; resolves when it does. Its connections are destroyed when the scenario is over. */
  async listen(server: Server): Promise<Server> {
    this.#servers.push(server);
    server.on('connection', (socket) => this.#destroyables.push(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(freshEndpoint(this.medium), () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
    this.#target = targetOf(server);
    if ('path' in this.#target) this.hide(this.#target.path, 'path');
    else this.hide(this.#target.port, 'port');
    return server;
  }

  /** A server on the medium, listening. */
  serve(onConnection?: (socket: Socket) => void): Promise<Server>;
  serve(options: NodeNet.ServerOpts, onConnection?: (socket: Socket) => void): Promise<Server>;
  serve(first?: NodeNet.ServerOpts | ((socket: Socket) => void), second?: (socket: Socket) => void): Promise<Server> {
    return this.listen(typeof first === 'object' ? this.net.createServer(first, second) : this.net.createServer(first));
  }

  /** The options that `connect` takes to reach the last server. */
  target<T extends object>(more?: T): Target & T {
    if (this.#target === null) throw new Error('Nothing listens yet: call listen or serve first');
    return { ...this.#target, ...(more as T) };
  }

  /** Where nobody listens. */
  nowhere<T extends object>(more?: T): Promise<Target & T> {
    if (this.isPipe) {
      const path = freshPath();
      this.hide(path, 'path');
      return Promise.resolve({ path, ...(more as T) });
    }
    const { host } = freshEndpoint(this.medium) as { host: string };
    const port = closedPort(host);
    this.hide(port, 'port');
    return Promise.resolve({ port, host, ...(more as T) });
  }

  /** A socket on its way to the last server, or to where the options say. */
  connect(options: object = {}): Socket {
    return this.track(this.net.connect({ ...this.#target, ...options } as NodeNet.NetConnectOpts));
  }

  /** Connects a socket that may have been connected before. */
  connectAgain(socket: Socket, listener?: () => void): Socket {
    return socket.connect(this.target() as NodeNet.NetConnectOpts, listener);
  }

  /** Both ends of a connection, connected. */
  async pair(clientOptions: object = {}, serverOptions: NodeNet.ServerOpts = {}): Promise<{ client: Socket; peer: Socket; server: Server }> {
    const server = await this.serve(serverOptions);
    const arrival = this.once<[Socket]>(server, 'connection');
    const client = this.connect(clientOptions);
    const [[peer]] = await Promise.all([arrival, this.once(client, 'connect')]);
    return { client, peer, server };
  }

  /** Sees to it that something is destroyed when the scenario is over. */
  track<T extends { destroy(): unknown }>(destroyable: T): T {
    this.#destroyables.push(destroyable);
    return destroyable;
  }

  // ---- records ------------------------------------------------------------------------------------------------------

  /** Writes down an observation. */
  log(text: string, ...values: unknown[]): void {
    this.#lanes.add('main', text, values);
  }

  /** Writes down an observation in a lane of its own, or in that of something watched. Lanes have no order among them. */
  note(lane: string, text: string, ...values: unknown[]): void {
    this.#lanes.add(lane, text, values);
  }

  /** Shows `value` (a port, a path) as `<name>` wherever it occurs. */
  hide(value: string | number, name: string): void {
    this.#lanes.names.hide(value, name);
  }

  /** Writes down the events of a socket or a server, in order, with their arguments. */
  watch<T extends EventEmitter>(emitter: T, lane: string, options: WatchOptions = {}): T {
    const isServer = 'listen' in emitter;
    const seen = this.#seenOf(emitter);
    for (const event of [...(options.events ?? (isServer ? SERVER_EVENTS : SOCKET_EVENTS)), ...(options.also ?? [])]) {
      if (seen.has(event)) continue;
      seen.add(event);
      emitter.on(event, (...args: unknown[]) => {
        this.#lanes.add(lane, event, args);
      });
    }
    if (options.data) {
      emitter.on('data', (chunk: string | Uint8Array) => {
        this.#lanes.addData(lane, chunk);
      });
    }
    return emitter;
  }

  #seenOf(emitter: EventEmitter): Set<string> {
    let seen = this.#watched.get(emitter);
    if (seen === undefined) this.#watched.set(emitter, (seen = new Set()));
    return seen;
  }

  /** A callback that writes down that it was called, and with what. */
  callback(lane: string, label: string): (...args: unknown[]) => void {
    return (...args) => {
      this.#lanes.add(lane, `callback ${label}`, args);
    };
  }

  /**
   * Puts marks into a lane at the next tick, the next promise and, unless told not to, the next turn: they show in which of
   * them things happen.
   */
  ticks(lane: string, label = '', turn = true): void {
    const mark = (when: string) => (): void => {
      this.#lanes.add(lane, `-- ${when}${label && ` after ${label}`}`);
    };
    process.nextTick(() => {
      mark('tick')();
      process.nextTick(mark('second tick'));
    });
    void Promise.resolve().then(mark('promise'));
    if (turn) setImmediate(mark('immediate'));
  }

  /** Calls a function and writes down what it gave or threw. */
  attempt(label: string, action: () => unknown, lane = 'main'): unknown {
    try {
      let result = action();
      if (result instanceof this.net.Socket) result = 'a socket';
      this.#lanes.add(lane, label, ['gives', result].slice(1));
      return result;
    } catch (error) {
      this.#lanes.add(lane, `${label} throws`, [error]);
      return undefined;
    }
  }

  // ---- waiting ------------------------------------------------------------------------------------------------------

  /** Resolves with the arguments of the next such event. Unlike `events.once` it does not mind 'error'. */
  once<A extends unknown[] = unknown[]>(emitter: EventEmitter, event: string): Promise<A> {
    return new Promise((resolve) => {
      emitter.once(event, (...args: unknown[]) => {
        resolve(args as A);
      });
    });
  }

  /** Resolves when all of these have closed. */
  async closed(...emitters: EventEmitter[]): Promise<void> {
    await Promise.all(emitters.map((emitter) => this.once(emitter, 'close')));
  }

  /** Resolves when the loop has gone round: what was already on its way has arrived. */
  async turn(times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  // ---- for the runner -----------------------------------------------------------------------------------------------

  /** @internal */
  report(): string {
    return this.#lanes.report();
  }

  /** @internal Leaves nothing open. What happens from here on is no longer observed. */
  async clear(): Promise<void> {
    for (const destroyable of this.#destroyables) {
      (destroyable as unknown as EventEmitter).on('error', () => {});
      destroyable.destroy();
    }
    const listening = this.#servers.filter((server) => server.listening);
    await Promise.all(listening.map((server) => new Promise((resolve) => server.close(resolve))));
    await this.turn(2);
  }
}
