/**
 * The medium: names within one process. To carry bytes over something else, write this file anew: `dial`, `serve` and a `Line`
 * over what you have. What the other files need of it stands in `line.ts`.
 */
import { ByteQueue, copyOf, sizeOf } from '@netstrata/stream-core';
import type { Failure, Line, Service } from './line.js';

/** How many bytes may wait for a reader before a line is congested. */
const ROOM = 65_536;

const answering = new Map<string, (line: Line) => void>();

/** A line to whoever answers to a name. It opens or fails later. */
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

/** Gives every line to a name to `answer`. Null where somebody answers to it already. */
export function serve(name: string, answer: (line: Line) => void): Service | null {
  if (answering.has(name)) return null;
  answering.set(name, answer);
  return { stop: () => answering.delete(name), ref() {}, unref() {} };
}

/** Each end keeps what has arrived at it, and reaches over to the other. */
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
      // Not `bytes.slice()`: a Buffer's gives the same memory again.
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
    // As with TCP: who throws away what the other end has sent lets it know.
    if (this.#leave()) this.finish();
    else this.other.fail('reset');
  }

  reset(): void {
    this.#leave();
    this.other.fail('reset');
  }

  /** Whether nothing was thrown away by leaving. */
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
