import { linkSync, unlinkSync, type BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HandleDriver } from '@netstrata/handles';
import type { Acceptor, Listener } from '@netstrata/transport';
import { probe } from './probe.js';
import { lookAt } from './socket-file.js';

/** Milliseconds until it is tried again while another process has the lock, and until that is given up. */
const AGAIN = 5;
const LONG = 10_000;

/**
 * Keeps the processes apart that want to listen on one path. The lock is a second name of a socket that its owner listens on: to give it a
 * name fails where that name is taken (link(2)), so one gets it; and to connect tells whether the owner still lives, whatever ended it.
 *
 * The names are numbered. That of an owner who died stays, and the next one takes the number after it, for to remove it could remove what
 * another has just put there. Who has a lock and is done removes those of the dead below it; who took a number and finds that those
 * below have changed since has taken it too late, and begins again.
 */
export class PathLock {
  readonly #handles: HandleDriver;
  readonly #path: string;
  readonly #socketPath: string;
  readonly #answer: (isTaken: boolean) => void;
  readonly #since = Date.now();
  readonly #dead: { readonly name: string; readonly file: BigIntStats }[] = [];
  #socket: Listener | null = null;
  #name: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  /**
   * Calls `answer`, from a later tick: with true when it has the lock, with false when there is none to be had: because nothing can be
   * made there, because the file system knows no second names, or because another process has it for too long.
   */
  constructor(handles: HandleDriver, path: string, answer: (isTaken: boolean) => void) {
    this.#handles = handles;
    this.#path = path;
    // Short: the system takes some hundred bytes for the path of a socket.
    this.#socketPath = join(dirname(path), `.${Math.random().toString(36).slice(2, 10)}`);
    this.#answer = answer;
    const acceptor: Acceptor = {
      onListening: () => { this.#take(); },
      onConnection: (connection) => { connection.close(); },
      onAcceptError: () => {},
      onClose: (error) => { if (error !== null) this.#tell(false); },
    };
    this.#socket = handles.listen({ path: this.#socketPath }, acceptor);
  }

  /** Gives it back, or stops waiting for it. */
  release(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#name !== null) for (const name of [...this.#dead.map((dead) => dead.name), this.#name]) remove(name);
    remove(this.#socketPath);
    this.#socket?.close();
  }

  #tell(isTaken: boolean): void {
    if (this.#isOver) return;
    if (!isTaken) this.release();
    this.#answer(isTaken);
  }

  #take(): void {
    this.#dead.length = 0;
    this.#tryNext();
  }

  #tryNext(): void {
    if (this.#isOver) return;
    const name = join(dirname(this.#path), `.${hash(basename(this.#path))}${this.#dead.length}`);
    try {
      linkSync(this.#socketPath, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') this.#tell(false);
      else this.#lookAtOwner(name);
      return;
    }
    if (this.#dead.every((dead) => isSame(lookAt(dead.name), dead.file))) {
      this.#name = name;
      remove(this.#socketPath);
      this.#tell(true);
    } else {
      remove(name);
      this.#again();
    }
  }

  #lookAtOwner(name: string): void {
    const file = lookAt(name);
    if (file?.isSocket() === false) {
      this.#tell(false);
      return;
    }
    probe(this.#handles, name, (error) => {
      if (file !== null && error?.code === 'ECONNREFUSED') {
        this.#dead.push({ name, file });
        this.#tryNext();
      } else {
        this.#again();
      }
    });
  }

  #again(): void {
    if (this.#isOver) return;
    if (Date.now() - this.#since > LONG) this.#tell(false);
    else this.#timer = setTimeout(() => { this.#take(); }, AGAIN);
  }
}

/** Whether it is the same file still. The number of one that is gone is given to another, which was changed at another time. */
export function isSame(a: BigIntStats | null, b: BigIntStats | null): boolean {
  return a !== null && b !== null && a.ino === b.ino && a.dev === b.dev && a.ctimeNs === b.ctimeNs;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, or it stays: nobody mistakes it for one that lives.
  }
}

/** FNV-1a. Two names with the same one wait for each other. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}
