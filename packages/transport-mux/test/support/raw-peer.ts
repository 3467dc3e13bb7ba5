import { joined, type ChannelSink } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';
import { FrameParser } from '../../src/frames/frame-parser.js';
import { HEADER, putHeader } from '../../src/frames/header.js';
import { muxSession, type MuxOptions, type MuxSession } from '../../src/index.js';
import { carrier, inMemory } from './carriers.js';

export type Frame = readonly [type: number, flags: number, id: number, length: number];

export function frame(type: number, flags: number, id: number, length: number, payload = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(HEADER);
  putHeader(bytes, 0, type, flags, id, length);
  return joined([bytes, payload]);
}

/** The other end of a session, which says what a test wants. */
export class RawPeer implements ChannelSink {
  readonly frames: Frame[] = [];
  /** How many bytes of payload came for each stream. */
  readonly payloads = new Map<number, number>();
  hasEnded = false;
  closed: Error | null | undefined;
  readonly #connection: Connection;
  #wake = (): void => {};
  #id = 0;
  readonly #parser = new FrameParser({
    onFrame: (...given) => {
      this.frames.push(given);
      [,, this.#id] = given;
      return true;
    },
    onPayload: ({ length }) => {
      this.payloads.set(this.#id, (this.payloads.get(this.#id) ?? 0) + length);
      return true;
    },
    onPayloadEnd: () => true,
    onOtherVersion() {},
  });

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.sink = this;
    connection.readStart();
  }

  say(...parts: Uint8Array[]): void {
    this.#connection.write(joined(parts));
  }

  stop(): void {
    this.#connection.readStop();
  }

  start(): void {
    this.#connection.readStart();
  }

  end(): void {
    this.#connection.shutdown();
  }

  abort(): void {
    this.#connection.abort();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Waits for a frame of this beginning, and gives the whole. */
  async frame(...given: readonly number[]): Promise<Frame> {
    const find = (): Frame | undefined => this.frames.find((one) => given.every((value, i) => one[i] === value));
    await this.until(() => find() !== undefined || this.closed !== undefined);
    return find()!;
  }

  onData(chunk: Uint8Array): void {
    this.#parser.push(chunk);
    this.#wake();
  }

  onEnd(): void {
    this.hasEnded = true;
    this.#wake();
  }

  onWriteDone(): void {}
  onShutdownDone(): void {}

  onClose(error: Error | null): void {
    this.closed = error;
    this.#wake();
  }
}

/** A session in memory, and the raw end of its carrier. `ended` resolves with what its `onClose` reported. */
export async function rawPeer(options: MuxOptions & { side?: 'dialler' | 'acceptor' } = {}): Promise<{
  peer: RawPeer; session: MuxSession; ended: Promise<Error | null>;
}> {
  const [dialled, accepted] = await carrier(inMemory());
  let onClose!: (error: Error | null) => void;
  const ended = new Promise<Error | null>((resolve) => (onClose = resolve));
  const { side = 'acceptor', ...rest } = options;
  const session = muxSession(side === 'acceptor' ? accepted : dialled, { side, onClose, ...rest });
  return { peer: new RawPeer(side === 'acceptor' ? dialled : accepted), session, ended };
}
