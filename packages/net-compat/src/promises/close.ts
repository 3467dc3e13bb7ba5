import { optionsOf, outOfRange } from '@netstrata/stream-core';
import { checkSignal, onAbort } from '../args/signals.js';
import { checkFunction, checkNumber, LONGEST_TIMER } from '../args/validate.js';
import { isUnderTls } from '../shared/under-tls.js';
import type { Clock, Timer } from '../runtime/clock.js';
import { contextOf } from '../shared/context.js';
import type { SocketFace } from '../shared/socket-face.js';
import type { Server } from '../server/server.js';
import type { Socket } from '../socket/socket.js';
import type { Signal } from '../types/node-types.js';
import { checkServer, closeAllConnections, connectionsOf, isInHandler, queueOf, watch } from './connections.js';

/** How long `close` waits, and for whom. */
export interface CloseOptions {
  /** Milliseconds that connections have which are at work; 10,000 when not given, `Infinity` for no limit. */
  grace?: number | undefined;
  /** Ends the grace at once. */
  signal?: Signal | undefined;
  /**
   * Whether nobody is at work with a connection, asked again and again within the grace. When not given: it is in no handler of `serve` and
   * in no body of a loop, and waits for none; servers of `http` are asked for theirs.
   */
  isIdle?: ((socket: Socket) => boolean) | undefined;
}

/** What has become of the connections that were open. */
export interface Closed {
  /** Ended by themselves, or by a half close that the peer has answered. */
  readonly finished: number;
  /** Were cut when the grace was over. */
  readonly destroyed: number;
}

const GRACE = 10_000;
/** Milliseconds between two questions whether a connection is idle. */
const ASK_EVERY = 50;
/** Turns of the loop for what the kernel has completed; more come only while there is more in each of them. */
const MOST_TURNS = 512;

/** A server that is being closed. */
interface Closing {
  readonly done: Promise<Closed>;
  /** Lets it have less time. */
  readonly shorten: (grace: number) => void;
}

const closings = new WeakMap<Server, Closing>();
/** An AbortController, which the libraries of a program may not declare. */
interface Controller {
  readonly signal: Signal;
  abort(): void;
}

const controllers = new WeakMap<Server, Controller>();

/** Its signal aborts when the server is being closed. */
export function controllerOf(server: Server): Controller {
  let controller = controllers.get(server);
  if (controller === undefined) controllers.set(server, (controller = new AbortController()));
  return controller;
}

/**
 * Closes a server gracefully: takes the connections that the kernel has completed, stops accepting, ends idle connections (half of them
 * first: what the peer still sends is read), lets the others finish within the grace, and destroys what is left.
 *
 * Called again meanwhile it gives the same promise; a shorter grace counts from then on.
 * @throws (rejects with) ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE
 * @example
 * ```js
 * import { close, connect, listen } from '@netstrata/net-compat/promises';
 *
 * const server = await listen({ port: 0, host: '127.0.0.1', connectionListener: (socket) => socket.resume() });
 * const socket = await connect(server.address().port, '127.0.0.1');
 * socket.resume().on('end', () => socket.end());
 * console.log(await close(server, { grace: 1000 })); // prints { finished: 1, destroyed: 0 }
 * ```
 */
export function close(server: Server, options: CloseOptions = {}): Promise<Closed> {
  try {
    return closeChecked(server, options);
  } catch (error) {
    const failure = error as Error;
    return Promise.reject(failure);
  }
}

function closeChecked(server: Server, options: CloseOptions): Promise<Closed> {
  checkServer(server);
  const { grace = GRACE, signal, isIdle } = optionsOf(options, ['grace', 'signal', 'isIdle']);
  checkNumber(grace, 'options.grace');
  if (!(grace >= 0)) throw outOfRange('options.grace', '>= 0', grace);
  if (signal !== undefined) checkSignal(signal, 'options.signal');
  if (isIdle !== undefined) checkFunction(isIdle, 'options.isIdle');
  let closing = closings.get(server);
  if (closing === undefined) closings.set(server, (closing = begin(server, grace, isIdle)));
  else closing.shorten(grace);
  const { done, shorten } = closing;
  if (signal !== undefined) {
    const now = (): void => { shorten(0); };
    if (signal.aborted) now();
    else {
      const stop = onAbort(signal, now);
      // That it fails is told to the caller alone.
      done.then(stop, stop);
    }
  }
  return done;
}

function begin(server: Server, grace: number, isIdle: CloseOptions['isIdle']): Closing {
  const { clock } = contextOf(server);
  const ending = new Ending(server, clock, isIdle);
  const done = (async () => {
    try {
      const open = connectionsOf(server).size;
      const more = server.listening ? await acceptCompleted(server, clock) : 0;
      return await ending.run(open + more);
    } finally {
      closings.delete(server);
      controllers.delete(server);
    }
  })();
  ending.shorten(grace);
  return { done, shorten: (by) => { ending.shorten(by); } };
}

/**
 * Lets turns of the loop go by as long as each brings connections: those that the kernel has completed come to the process so. Tells how
 * many have come.
 */
async function acceptCompleted(server: Server, clock: Clock): Promise<number> {
  let count = 0;
  const seen = (): void => { count++; };
  server.on('connection', seen);
  try {
    let isQuiet = false;
    for (let turns = 0; turns < MOST_TURNS && !isQuiet && server.listening; turns++) {
      const before = count;
      await new Promise<void>((resolve) => { afterTurn(clock, resolve); });
      // A turn may end without a look at what has come: one that began with a timer does not.
      if (count === before) await new Promise<void>((resolve) => { clock.setTimeout(resolve, 1); });
      isQuiet = count === before;
    }
    return count;
  } finally {
    server.off('connection', seen);
  }
}

function afterTurn(clock: Clock, task: () => void): void {
  if (clock.afterTurn) clock.afterTurn(task);
  else clock.setTimeout(task, 0);
}

/** Who is idle, where nobody says so. What tls is over cannot be ended below it. */
function isIdleHere(server: Server, socket: Socket): boolean {
  return !isInHandler(server, socket) && !isUnderTls((socket as unknown as SocketFace)._handle);
}

/** Of a server of http's only that knows: it is asked to close its idle connections. */
interface HttpServer {
  closeIdleConnections?(): void;
}

/** The connections of a server on their way out. */
class Ending {
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #isIdle: ((socket: Socket) => boolean) | undefined;
  readonly #ended = new WeakSet<Socket>();
  readonly #silent = new WeakSet<Socket>();
  readonly #timers: Timer[] = [];
  #destroyed = 0;
  #hasBegun = false;
  #isCut = false;
  /** Called when everything that is known is destroyed. */
  #given: () => void = () => {};

  constructor(server: Server, clock: Clock, isIdle: ((socket: Socket) => boolean) | undefined) {
    this.#server = server;
    this.#clock = clock;
    this.#isIdle = isIdle;
  }

  /** In so many milliseconds everything that is left is destroyed. */
  shorten(grace: number): void {
    if (grace === 0) this.#cut();
    else if (grace <= LONGEST_TIMER) this.#timers.push(this.#clock.setTimeout(() => { this.#cut(); }, grace));
  }

  /** Ends so many connections; some have ended already. */
  async run(total: number): Promise<Closed> {
    const server = this.#server;
    controllerOf(server).abort();
    const closed = new Promise<void>((resolve) => {
      this.#given = resolve;
      server.once('close', resolve);
    });
    // What waits for nobody is idle. Closing the server alone would destroy it.
    queueOf(server)?.letGo();
    // Also one that does not listen: its host may still be looked up.
    server.close();
    this.#hasBegun = true;
    const unwatch = watch(server, (socket) => { this.#endIfIdle(socket); });
    try {
      this.#endIdle();
      if (this.#isIdle !== undefined || this.#isOfHttp) this.#askAgain();
      if (this.#isCut) this.#cut();
      await closed;
    } finally {
      unwatch();
      for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    }
    return { finished: total - this.#destroyed, destroyed: this.#destroyed };
  }

  #askAgain(): void {
    const timer = this.#clock.setTimeout(() => {
      this.#endIdle();
      timer.refresh();
    }, ASK_EVERY);
    this.#timers.push(timer);
  }

  get #isOfHttp(): boolean {
    return this.#isIdle === undefined && typeof (this.#server as HttpServer).closeIdleConnections === 'function';
  }

  #endIdle(): void {
    if (this.#isOfHttp) (this.#server as HttpServer).closeIdleConnections!();
    for (const socket of connectionsOf(this.#server)) this.#endIfIdle(socket);
  }

  #endIfIdle(socket: Socket): void {
    if (this.#ended.has(socket) || !this.#isFree(socket)) return;
    this.#ended.add(socket);
    socket.on('error', () => {});
    socket.end();
    socket.resume();
  }

  #isFree(socket: Socket): boolean {
    return this.#isOfHttp ? this.#isSpare(socket) : (this.#isIdle?.(socket) ?? isIdleHere(this.#server, socket));
  }

  /** A connection of http's that was opened in advance: it has said nothing, also not since this was asked before. To http it is busy. */
  #isSpare(socket: Socket): boolean {
    if (socket.bytesRead > 0 || isUnderTls((socket as unknown as SocketFace)._handle)) return false;
    const wasSilent = this.#silent.has(socket);
    this.#silent.add(socket);
    return wasSilent;
  }

  #cut(): void {
    this.#isCut = true;
    if (!this.#hasBegun) return;
    this.#destroyed += closeAllConnections(this.#server);
    // Connections of before this entry was loaded, or of other processes, may keep the server from closing.
    afterTurn(this.#clock, this.#given);
  }
}
