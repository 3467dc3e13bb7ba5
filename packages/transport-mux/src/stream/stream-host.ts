import type { Endpoint } from '@netstrata/transport';
import type { PendingWrite } from './pending-write.js';

/** A stream, as what it lives in names it. */
interface HostedStream {
  readonly id: number;
}

/** Where a stream waits or lives: whether it keeps the process alive, and that it has gone. */
export interface StreamPlace {
  /** One more stream, or one less, keeps the process alive. */
  hold(by: 1 | -1): void;
  /** Nothing more is to be said or heard of it. */
  forget(stream: HostedStream): void;
}

/** What a stream asks of the session that it lives in. */
export interface StreamHost extends StreamPlace {
  /** Bytes that the peer may send ahead of the reader. */
  readonly window: number;
  /** Of the carrier. */
  readonly local: Endpoint | null;
  /** A frame without a payload. */
  say(type: number, flags: number, id: number, length: number): void;
  /** A frame with these bytes, which are copied. False where there is no room for all of them now. */
  sendAtOnce(id: number, chunk: Uint8Array, size: number): boolean;
  /** The stream has a pending write, and may send some of it: at once as far as there is room, the rest when its turn comes. */
  send(stream: HostedStream): void;
  /** The same at the end of the tick. */
  sendSoon(stream: HostedStream): void;
  /** Closed here, and the peer has not ended its side: what else it sends is answered with RST. */
  linger(stream: HostedStream): void;
}

/** Where a stream puts bytes when it is its turn. */
export interface FrameWriter {
  /** How many bytes there is room for. */
  readonly room: number;
  /** A frame with the next `size` bytes of a write. False where they are not there any more: then there is no frame. */
  sendPart(id: number, write: PendingWrite, size: number): boolean;
}
