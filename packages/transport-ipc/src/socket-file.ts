import { linkSync, lstatSync, unlinkSync, type BigIntStats } from 'node:fs';
import type { Acceptor, Endpoint, Listener } from '@netstrata/transport';

/**
 * Owns the socket file of a listener. The system's handle removes whatever is at its path when it closes, also a file that another process
 * has put there since; this listener removes no file but the one that it made.
 */
export class SocketFileListener implements Listener {
  readonly #path: string;
  readonly #listener: Listener;
  #file: BigIntStats | null = null;

  constructor(path: string, acceptor: Acceptor, listen: (acceptor: Acceptor) => Listener) {
    this.#path = path;
    this.#listener = listen(acceptor);
    // The file is there as soon as the handle is bound, before another process can replace it. As long as the socket lives, the
    // system gives its inode to no other file. In a cluster's worker nothing is bound yet: the file is the primary's there.
    if (this.#listener.local !== null) this.#file = lookAt(path);
  }

  get local(): Endpoint | null { return this.#listener.local; }
  get native(): unknown { return this.#listener.native; }
  get failure(): Error | null { return this.#listener.failure ?? null; }

  close(): void {
    const file = this.#file;
    this.#file = null;
    const found = file === null ? null : lookAt(this.#path);
    const isAnother = file !== null && found !== null && (found.ino !== file.ino || found.dev !== file.dev);
    if (!isAnother) this.#listener.close();
    else closeBeside(this.#listener, this.#path);
  }

  detach(): unknown { return this.#listener.detach?.(); }
  ref(): void { this.#listener.ref(); }
  unref(): void { this.#listener.unref(); }
}

/** Closes the listener while another process's file is at its path: a second name keeps that file. */
function closeBeside(listener: Listener, path: string): void {
  const second = `${path}.${process.pid}.keep`;
  try {
    linkSync(path, second);
  } catch {
    // No second name to be had here: what the handle does on close is the system's way.
    listener.close();
    return;
  }
  listener.close();
  try {
    // Not by renaming: that would replace what a third process puts there now.
    linkSync(second, path);
  } catch {
    // It was not removed, or there is another by now: either stays. Otherwise the file is still there under its second name.
    if (lookAt(path) === null) return;
  }
  try {
    unlinkSync(second);
  } catch {
    // Another process has removed it.
  }
}

/** What is at a path; null if that is nothing, or cannot be seen. */
export function lookAt(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return null;
  }
}
