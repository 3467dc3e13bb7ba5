/**
 * The medium: names within one process. To carry bytes over something else, rewrite this file: `dial`, `serve` and a `Line`
 * over your medium. `line.ts` says what the other files need of it.
 */
import { ByteQueue, copyOf, sizeOf } from '@netstrata/stream-core';
import type { Failure, Line, Service } from './line.js';

/** How many bytes may wait for a reader before a line is congested. */
const ROOM = 65_536;

const answering = new Map<string, (line: Line) => void>();

/** A line to the server of a name. It opens or fails later. */
export function dial(name: string): Line {
  const near = new End();
  const far = new End();
  near.other = far;
  far.other = near;
  queueMicrotask(() => {
    if (near.left) return;
    const answer = answering.get(name);
    if (answer === undefined) {
      near.fail('refused');
      return;
    }
    near.open = far.open = true;
    near.onChange();
    answer(far);
  });
  return near;
}

/** Passes every line to a name to `answer`. Null if the name already has a server. */
export function serve(name: string, answer: (line: Line) => void): Service | null {
  if (answering.has(name)) return null;
  answering.set(name, answer);
  return { stop: () => answering.delete(name), ref() {}, unref() {} };
}

/** Each end keeps what has arrived at it, and calls the other directly. */
class End implements Line {
  onChange = (): void => {};
  other!: End;
  open = false;
  failure: Failure | null = null;
  left = false;
  readonly #arrived = new ByteQueue();
  #finished = false;

  get congested(): boolean {
    return this.other.#arrived.length > ROOM;
  }

  get ended(): boolean {
    return this.#finished && this.#arrived.length === 0;
  }

  send(bytes: Uint8Array): void {
    const { other } = this;
    if (other.left) this.fail('gone');
    else if (sizeOf(bytes) > 0) {
      // Not `bytes.slice()`: for a Buffer that is the same memory again.
      other.#arrived.push(copyOf(bytes));
      other.onChange();
    }
  }

  read(): Uint8Array | null {
    const { congested } = this.other;
    const bytes = this.#arrived.shift() ?? null;
    if (congested && !this.other.congested) this.other.onChange();
    return bytes;
  }

  finish(): void {
    this.other.#finished = true;
    this.other.onChange();
  }

  hangUp(): void {
    // As with TCP: an end that throws away received bytes notifies the other.
    if (this.#leave()) this.finish();
    else this.other.fail('reset');
  }

  reset(): void {
    this.#leave();
    this.other.fail('reset');
  }

  /** Whether leaving threw nothing away. */
  #leave(): boolean {
    const { length } = this.#arrived;
    this.left = true;
    this.#arrived.clear();
    return length === 0;
  }

  fail(failure: Failure): void {
    if (this.left || this.failure !== null) return;
    this.failure = failure;
    this.onChange();
  }

  /** Nothing in a process keeps it alive. */
  ref(): void {}

  unref(): void {}
}
