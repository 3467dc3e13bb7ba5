import { isContent } from './content.js';
import type { Random } from './random.js';

interface Kept {
  readonly bytes: Uint8Array;
  /** Whether the bytes are still as they were left. */
  readonly isRight: () => boolean;
}

/** The error that listeners throw. */
export const ON_PURPOSE = 'thrown on purpose';

const KEPT = 400;
type Transferable = ArrayBuffer & { transfer?(size?: number): ArrayBuffer };

/** Checks what arrives, does something to it, and checks it again later. */
export class Judge {
  readonly #random: Random;
  readonly #throws: boolean;
  readonly #hasRoomAround: boolean;
  readonly #kept: Kept[] = [];
  readonly wrong: string[] = [];
  /** Chunks that arrived whole. */
  chunks = 0;
  bytes = 0;
  transferred = 0;

  constructor(random: Random, throws: boolean, hasRoomAround: boolean) {
    this.#random = random;
    this.#throws = throws;
    this.#hasRoomAround = hasRoomAround;
  }

  fault(what: string): void {
    if (this.wrong.length < 20) this.wrong.push(what);
  }

  /** A chunk at `offset` of a stream. `isPooled`: its memory is shared, as the program asked. */
  chunk(bytes: Buffer, start: number, offset: number, isPooled: boolean, isPart: boolean): void {
    if (!isPart) this.chunks++;
    this.bytes += bytes.length;
    if (!isContent(bytes, start, offset)) this.fault(`${bytes.length} bytes at ${offset} are not what was written`);
    if (!isPooled && !isPart && !this.#hasRoomAround && (bytes.byteOffset !== 0 || bytes.buffer.byteLength !== bytes.length)) {
      this.fault(`a chunk of ${bytes.length} bytes lies at ${bytes.byteOffset} of ${bytes.buffer.byteLength}`);
    }
    if (isPart) {
      // The rest of it may wait in the same memory.
      if (this.#random.chance(0.3)) bytes.fill(0xee);
    } else this.#use(bytes, start, offset, isPooled);
    if (this.#random.chance(0.02)) this.look();
  }

  text(text: string, start: number, offset: number): void {
    this.bytes += text.length;
    if (!isContent(Buffer.from(text, 'latin1'), start, offset)) this.fault(`${text.length} characters at ${offset} are not what was written`);
  }

  /** Checks again what was kept. */
  look(): void {
    for (const { bytes, isRight } of this.#kept) if (!isRight()) this.fault(`${bytes.length} bytes that were kept have changed`);
    if (this.#random.chance(0.05)) (globalThis as { gc?: () => void }).gc?.();
  }

  #use(bytes: Buffer, start: number, offset: number, isShared: boolean): void {
    const memory = bytes.buffer as Transferable;
    const { byteOffset, length } = bytes;
    switch (this.#random.below(6)) {
      case 0:
        if (!isShared) this.#keep(bytes, (kept) => isContent(kept, start, offset));
        break;
      case 1:
        bytes.fill(0xee);
        if (!isShared) this.#keep(bytes, (kept) => kept.every((byte) => byte === 0xee));
        break;
      case 2: {
        const moved = this.#moved(memory);
        // Other parts of the same chunk are in the same memory.
        if (moved !== null && !isShared) this.#keep(new Uint8Array(moved, byteOffset, length), (kept) => isContent(kept, start, offset));
        break;
      }
      case 3:
        // Into freed memory: the next allocation may be there.
        this.#moved(memory, true);
        break;
      case 4:
        if (!isShared) this.#keep(new Uint8Array(structuredClone(memory), byteOffset, length), (kept) => isContent(kept, start, offset));
        break;
      default:
    }
  }

  /** Throws now and then, now or in a tick. */
  throwAtTimes(): void {
    if (!this.#throws || this.#random.chance(0.99)) return;
    const error = new Error(ON_PURPOSE);
    if (this.#random.chance(0.5)) throw error;
    process.nextTick(() => {
      throw error;
    });
  }

  #moved(memory: Transferable, intoNothing = false): ArrayBuffer | null {
    try {
      this.transferred++;
      return intoNothing && memory.transfer !== undefined ? memory.transfer(0) : structuredClone(memory, { transfer: [memory] });
    } catch {
      // The pool is marked as untransferable.
      return null;
    }
  }

  #keep(bytes: Uint8Array, isRight: (bytes: Uint8Array) => boolean): void {
    this.#kept.push({ bytes, isRight: () => isRight(bytes) });
    if (this.#kept.length > KEPT) this.#kept.splice(0, KEPT >> 1);
  }
}
