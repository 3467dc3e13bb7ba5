import type { Socket } from '../socket/socket.js';
import { backlog, waiting, type ServerFace } from '../shared/server-face.js';
import type { Loop } from '../types/node-types.js';

/** What `listen` takes where it is told nothing. */
const BACKLOG = 511;

interface Taker {
  readonly resolve: (result: IteratorResult<Socket, undefined>) => void;
  readonly reject: (error: Error) => void;
}

const OVER = { value: undefined, done: true } as const;

/** The errors of a socket that waits are nobody's: it is not given out any more. */
function ignore(): void {}

/**
 * Connections of a server that wait for a loop over it to take them: as many as the server's `backlog`; more are dropped. All loops over a
 * server take from the same ones, each connection goes to one of them, and what one leaves is there for the next.
 */
export class Waiting {
  readonly #server: ServerFace;
  #sockets: Socket[] = [];
  #takers: Taker[] = [];
  #error: Error | null = null;
  /** How often the server has closed: a loop ends with the first time in it. */
  #closes = 0;
  #loops = 0;
  /** What bodies of loops are at: each until its loop asks for the next one. */
  readonly #taken = new Set<Socket>();
  /** Called when a body has ended. */
  freed: ((socket: Socket) => void) | null = null;

  /** Those of a server; connections wait from now on, unless a listener of 'connection' is there to take them. */
  static of(server: ServerFace): Waiting {
    const queue = (server[waiting] as Waiting | undefined) ?? new Waiting(server);
    server[waiting] = queue;
    return queue;
  }

  private constructor(server: ServerFace) {
    this.#server = server;
    server.on('connection', (socket: Socket) => { this.#add(socket); });
    server.on('close', () => { this.#end(); });
  }

  /** Whether it waits for a loop, or is in the body of one. */
  has(socket: Socket): boolean {
    return this.#taken.has(socket) || (this.#loops > 0 && this.#sockets.includes(socket));
  }

  loop(): Loop<Socket> {
    const closes = this.#closes;
    let isOver = false;
    let current: Socket | undefined;
    const mine = new Set<Taker>();
    const fail = (error: Error): void => { this.#fail(error); };
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      this.#server.off('error', fail);
      // An error that no loop has met is none of a later one's.
      if (--this.#loops === 0) this.#error = null;
      for (const taker of mine) taker.resolve(OVER);
      this.#takers = this.#takers.filter((taker) => !mine.has(taker));
      if (!this.#server.listening) this.closing();
    };
    this.#server.on('error', fail);
    this.#loops++;
    const done = (): void => {
      if (current === undefined) return;
      const socket = current;
      current = undefined;
      this.#taken.delete(socket);
      this.freed?.(socket);
    };
    const next = (): Promise<IteratorResult<Socket, undefined>> => new Promise((resolve, reject) => {
      done();
      const taker: Taker = {
        resolve: (result) => {
          mine.delete(taker);
          if (result.done === true) end();
          else this.#taken.add((current = result.value));
          resolve(result);
        },
        reject: (error) => {
          mine.delete(taker);
          end();
          reject(error);
        },
      };
      if (isOver) resolve(OVER);
      else {
        mine.add(taker);
        this.#serve(taker, this.#closes > closes);
      }
    });
    return {
      next,
      return: () => {
        done();
        end();
        return Promise.resolve(OVER);
      },
      [Symbol.asyncIterator]() { return this; },
    };
  }

  /** The server stops: what waits, and no loop will take, goes. */
  closing(): void {
    for (const socket of this.letGo()) socket.destroy();
  }

  /** What no loop will take waits no longer. */
  letGo(): Socket[] {
    return this.#loops > 0 ? [] : this.#sockets.splice(0);
  }

  #serve(taker: Taker, isClosed: boolean): void {
    const socket = this.#take();
    const error = this.#error;
    if (socket !== undefined) taker.resolve({ value: socket, done: false });
    else if (error !== null) {
      this.#error = null;
      taker.reject(error);
    } else if (isClosed) taker.resolve(OVER);
    else this.#takers.push(taker);
  }

  #take(): Socket | undefined {
    for (;;) {
      const socket = this.#sockets.shift();
      socket?.off('error', ignore);
      if (socket?.destroyed !== true) return socket;
    }
  }

  #add(socket: Socket): void {
    // Somebody else takes them, and no loop is there.
    if (this.#loops === 0 && this.#server.listenerCount('connection') > 1) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      taker.resolve({ value: socket, done: false });
      return;
    }
    const limit = this.#server[backlog] ?? BACKLOG;
    if (this.#sockets.length >= limit) this.#sockets = this.#sockets.filter(({ destroyed }) => !destroyed);
    socket.on('error', ignore);
    if (this.#sockets.length < limit) {
      this.#sockets.push(socket);
      return;
    }
    const { localAddress, localPort, localFamily, remoteAddress, remotePort, remoteFamily } = socket;
    socket.destroy();
    this.#server.emit('drop', { localAddress, localPort, localFamily, remoteAddress, remotePort, remoteFamily });
  }

  #fail(error: Error): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#error = error;
    else taker.reject(error);
  }

  #end(): void {
    this.#closes++;
    for (const taker of this.#takers.splice(0)) taker.resolve(OVER);
  }
}
