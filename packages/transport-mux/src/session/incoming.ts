import { ACK, DATA, FIN, GO_AWAY, PING, RST, SYN, WINDOW_UPDATE } from '../frames/header.js';
import type { FrameHandler } from '../frames/frame-parser.js';
import type { MuxStream } from '../stream/mux-stream.js';
import type { StreamTable } from './stream-table.js';

/** What the frames of a peer mean for its session. */
export interface IncomingOwner {
  /** Nothing more is heard. */
  readonly isOver: boolean;
  /** The peer opens a stream. Null where it is refused. `permitted`: what it may be sent beyond the first window. */
  onOpened(id: number, permitted: number): MuxStream | null;
  /** The peer has taken a stream that was dialled here. */
  onAnswered(stream: MuxStream): void;
  /** The peer has ended, or reset, a stream that was closed here. */
  onFarewell(id: number): void;
  /** The peer sends bytes to a stream that was closed here. */
  onUnwanted(id: number): void;
  onPing(value: number): void;
  onPong(value: number): void;
  onGoAway(reason: number): void;
  /** The peer has broken the protocol. */
  onViolation(what: string): void;
}

/** The frames of a peer, judged, and handed to the streams that they are for. */
export class Incoming implements FrameHandler {
  readonly #owner: IncomingOwner;
  readonly #table: StreamTable;
  /** The stream that gets the payload. */
  #current: MuxStream | null = null;
  #id = 0;
  #flags = 0;

  constructor(owner: IncomingOwner, table: StreamTable) {
    this.#owner = owner;
    this.#table = table;
  }

  onFrame(type: number, flags: number, id: number, length: number): boolean {
    const owner = this.#owner;
    if (owner.isOver) return false;
    if (type === DATA || type === WINDOW_UPDATE) this.#onStreamFrame(type, flags, id, length);
    else if (id !== 0) owner.onViolation('a frame of the session with the id of a stream');
    else if (type === GO_AWAY) owner.onGoAway(length);
    else if (type !== PING) owner.onViolation(`a frame of type ${type}`);
    else if ((flags & ACK) !== 0) owner.onPong(length);
    else owner.onPing(length);
    return !owner.isOver;
  }

  onOtherVersion(version: number): void {
    this.#owner.onViolation(`a frame of version ${version}`);
  }

  #onStreamFrame(type: number, flags: number, id: number, length: number): void {
    this.#current = null;
    this.#id = id;
    this.#flags = flags;
    if ((flags & SYN) !== 0 && !this.#onSyn(type, flags, id, length)) return;
    const stream = this.#table.get(id);
    if (stream === null) this.#onLingering(type, flags, id, length);
    else if (stream !== undefined) this.#onOpen(stream, type, flags, length);
    else if (!this.#table.wasUsed(id)) this.#owner.onViolation(`a frame for stream ${id}, which was not opened`);
  }

  /** False where the frame opens nothing. */
  #onSyn(type: number, flags: number, id: number, length: number): boolean {
    if (this.#table.takes(id)) return (flags & RST) === 0 && this.#owner.onOpened(id, type === WINDOW_UPDATE ? length : 0) !== null;
    this.#owner.onViolation(`SYN for stream ${id}`);
    return false;
  }

  #onOpen(stream: MuxStream, type: number, flags: number, length: number): void {
    if ((flags & RST) !== 0) {
      stream.reset();
      return;
    }
    if (!stream.isAnswered) {
      this.#owner.onAnswered(stream);
      // Whoever was told of it may have closed it.
      if (this.#table.get(this.#id) !== stream) {
        this.#onLingering(type, flags, this.#id, length);
        return;
      }
    }
    if (type === WINDOW_UPDATE) {
      if ((flags & SYN) === 0) stream.permitted(length);
      if ((flags & FIN) !== 0) stream.ended();
    } else if (stream.announced(length)) this.#current = stream;
    else this.#owner.onViolation(`${length} bytes for stream ${stream.id}, which are more than its window`);
  }

  /** A stream that was closed here: what else is sent there says that nobody reads it. */
  #onLingering(type: number, flags: number, id: number, length: number): void {
    if (this.#table.get(id) !== null) return;
    if (type === DATA && length > 0 && (flags & RST) === 0) this.#owner.onUnwanted(id);
    else if ((flags & (FIN | RST)) !== 0) this.#owner.onFarewell(id);
  }

  onPayload(part: Uint8Array): boolean {
    // A stream that was closed in the middle of a frame has more to come, and nobody who reads it.
    if (this.#current?.received(part) === false && this.#table.get(this.#id) === null) this.#owner.onUnwanted(this.#id);
    return !this.#owner.isOver;
  }

  onPayloadEnd(): boolean {
    const stream = this.#table.get(this.#id);
    if (this.#current !== null && (this.#flags & FIN) !== 0) {
      if (stream === null) this.#owner.onFarewell(this.#id);
      else stream?.ended();
    }
    this.#current = null;
    return !this.#owner.isOver;
  }
}
