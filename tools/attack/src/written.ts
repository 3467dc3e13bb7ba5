import { contentOf } from './content.js';
import type { Random } from './random.js';

type Growable = ArrayBuffer & { resize(size: number): void; transfer?(size?: number): ArrayBuffer };

/** Something to write, and what may be done to it once it may be reused. */
export interface Written {
  readonly value: Uint8Array | string;
  /** Overwrites it, or takes its memory away. */
  readonly spoil: () => void;
}

class Liar extends Uint8Array {
  override get length(): number { return 1 << 20; }
  override get byteLength(): number { return 3; }
}

type Dress = (content: Buffer, random: Random) => Written;

/** Takes away the memory of `bytes`, in one way or another. */
function spoilerOf(bytes: Uint8Array<ArrayBuffer>, random: Random): () => void {
  return () => {
    const memory = bytes.buffer as Growable;
    const way = random.below(3);
    if (way === 0) structuredClone(memory, { transfer: [memory] });
    else if (way === 1 && memory.transfer !== undefined) memory.transfer(0);
    else new Uint8Array(memory).fill(0xee);
  };
}

function copied(content: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content);
}

/** A piece of larger memory, with a margin that must never be sent. */
function framed(content: Buffer, align = 1): Uint8Array<ArrayBuffer> {
  const margin = 16 * align;
  const memory = new Uint8Array(content.length + 2 * margin).fill(0xaa);
  memory.set(content, margin);
  return memory.subarray(margin, margin + content.length);
}

const DRESSES: readonly Dress[] = [
  (content, random) => {
    const bytes = copied(content);
    return { value: Buffer.from(bytes.buffer), spoil: spoilerOf(bytes, random) };
  },
  (content, random) => {
    const bytes = framed(content);
    return { value: bytes, spoil: spoilerOf(bytes, random) };
  },
  (content, random) => {
    const bytes = framed(content);
    return { value: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) as unknown as Uint8Array, spoil: spoilerOf(bytes, random) };
  },
  (content, random) => {
    const bytes = framed(content, 8);
    const value = content.length % 2 === 0 ? (new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2) as unknown as Uint8Array) : bytes;
    return { value, spoil: spoilerOf(bytes, random) };
  },
  (content, random) => {
    const bytes = framed(content);
    return { value: new Liar(bytes.buffer, bytes.byteOffset, bytes.length), spoil: spoilerOf(bytes, random) };
  },
  (content, random) => {
    const bytes = copied(content);
    const value = Object.defineProperty(Buffer.from(bytes.buffer), 'length', { value: 1 << 20, configurable: true });
    return { value, spoil: spoilerOf(bytes, random) };
  },
  (content, random) => {
    const memory = new Uint8Array(new SharedArrayBuffer(content.length));
    memory.set(content);
    return {
      value: memory,
      spoil: () => {
        if (random.chance(0.5)) memory.fill(0xee);
      },
    };
  },
  (content, random) => {
    const memory = new (ArrayBuffer as unknown as new (size: number, options: object) => Growable)(content.length, { maxByteLength: content.length + 64 });
    const value = new Uint8Array(memory);
    value.set(content);
    return {
      value,
      spoil: () => {
        if (typeof memory.resize === 'function' && random.chance(0.5)) memory.resize(random.pick([0, memory.byteLength >> 1, content.length + 64]));
        else value.fill(0xee);
      },
    };
  },
  (content) => ({ value: content.toString('latin1'), spoil: () => {} }),
];

export function dress(start: number, offset: number, size: number, random: Random): Written {
  return random.pick(DRESSES)(contentOf(start, offset, size), random);
}
