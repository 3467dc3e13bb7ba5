import { unlinkSync } from 'node:fs';
import type { HandleDriver } from '@netstrata/handles';
import { nextTick } from '@netstrata/stream-core';
import type { Acceptor, Connection, Endpoint, Listener } from '@netstrata/transport';
import { isSame, PathLock } from './path-lock.js';
import { probe } from './probe.js';
import { lookAt } from './socket-file.js';

/**
 * A socket file that nobody answers at is looked at twice, so many milliseconds apart: a program that takes no part in the lock may have
 * bound it, and be about to listen.
 */
const TWICE = 50;

/**
 * Listens on a path after it has removed a socket file there that nobody listens on. While it looks, removes and binds it has a lock, so
 * that of several at the same time one listens, and the others get what the system says: EADDRINUSE.
 */
export class ReclaimingListener implements Listener {
  readonly #handles: HandleDriver;
  readonly #path: string;
  readonly #acceptor: Acceptor;
  readonly #listen: (acceptor: Acceptor) => Listener;
  readonly #lock: PathLock;
  #listener: Listener | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  #isUnreferenced = false;

  constructor(handles: HandleDriver, path: string, acceptor: Acceptor, listen: (acceptor: Acceptor) => Listener) {
    this.#handles = handles;
    this.#path = path;
    this.#acceptor = acceptor;
    this.#listen = listen;
    this.#lock = new PathLock(handles, path, (isTaken) => {
      // Without a lock nothing is removed: the system says what is wrong with the path, if anything.
      if (isTaken) this.#examine(0);
      else this.#begin();
    });
  }

  get local(): Endpoint | null { return this.#listener?.local ?? null; }
  get native(): unknown { return this.#listener === null ? null : this.#listener.native; }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#lock.release();
    clearTimeout(this.#timer);
    if (this.#listener !== null) this.#listener.close();
    else nextTick((acceptor) => { acceptor.onClose(null); }, this.#acceptor);
  }

  detach(): unknown { return this.#listener?.detach?.() ?? null; }

  ref(): void {
    this.#isUnreferenced = false;
    this.#listener?.ref();
  }

  unref(): void {
    this.#isUnreferenced = true;
    this.#listener?.unref();
  }

  /** Looks at what is there, for the `times + 1`st time. */
  #examine(times: number): void {
    if (this.#isOver) return;
    const file = lookAt(this.#path);
    if (file?.isSocket() !== true) {
      this.#begin();
      return;
    }
    probe(this.#handles, this.#path, (error) => {
      if (this.#isOver) return;
      if (error?.code === 'EACCES' || error?.code === 'EPERM') this.#fail(error);
      else if (error?.code !== 'ECONNREFUSED') this.#begin();
      else if (times === 0) this.#timer = setTimeout(() => { this.#again(file); }, TWICE);
      else this.#remove(file);
    });
  }

  #again(before: ReturnType<typeof lookAt>): void {
    this.#examine(isSame(lookAt(this.#path), before) ? 1 : 0);
  }

  #remove(file: ReturnType<typeof lookAt>): void {
    if (!isSame(lookAt(this.#path), file)) {
      this.#examine(0);
      return;
    }
    try {
      unlinkSync(this.#path);
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    this.#begin();
  }

  /** Listens, or gets the system's error. The lock is needed until then: what is bound and does not listen yet looks as if nobody did. */
  #begin(): void {
    if (this.#isOver) return;
    const acceptor = this.#acceptor;
    const done = (): void => { this.#lock.release(); };
    try {
      this.#listener = this.#listen({
        get owner() { return acceptor.owner; },
        onListening() {
          done();
          acceptor.onListening();
        },
        onConnection: (connection: Connection) => { acceptor.onConnection(connection); },
        onAcceptError: (error: Error) => { acceptor.onAcceptError(error); },
        onClose: (error: Error | null) => {
          done();
          this.#isOver = true;
          acceptor.onClose(error);
        },
      });
      if (this.#isUnreferenced) this.#listener.unref();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#isOver = true;
    this.#lock.release();
    nextTick((acceptor) => { acceptor.onClose(error); }, this.#acceptor);
  }
}
