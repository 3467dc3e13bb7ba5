import type { Connection } from '@netstrata/transport';
import { dial } from '@netstrata/transport-websocket';
import { onTestFinished } from 'vitest';
import { PROTOCOL } from '../../src/index.js';

/** Types and flags of yamux. */
export const [DATA, WINDOW_UPDATE, PING, GO_AWAY] = [0, 1, 2, 3];
export const [SYN, ACK] = [1, 2];

export function frame(type: number, flags: number, id: number, length: number, payload = Buffer.alloc(0)): Buffer {
  const header = Buffer.from([0, type, flags >> 8, flags & 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(id, 4);
  header.writeUInt32BE(length, 8);
  return Buffer.concat([header, payload]);
}

/** A stream that asks for a place in SOCKS5, with everything said at once. */
export function asking(id: number, port: number): Buffer {
  const request = Buffer.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]);
  return Buffer.concat([frame(WINDOW_UPDATE, SYN, id, 0), frame(DATA, 0, id, request.length, request)]);
}

/** A carrier on which a test says what it wants to. */
export class RawCarrier {
  readonly #connection: Connection;
  heard = Buffer.alloc(0);
  #write: (() => void) | null = null;
  readonly closed: Promise<Error | null>;

  private constructor(url: string, connected: () => void) {
    let close = (_: Error | null): void => {};
    this.closed = new Promise((resolve) => { close = resolve; });
    this.#connection = dial(url, {
      onConnect: connected,
      onData: (chunk) => { this.heard = Buffer.concat([this.heard, chunk]); },
      onEnd: () => { this.#connection.close(); },
      onWriteDone: () => { this.#write?.(); },
      onShutdownDone() {},
      onClose: close,
    }, { protocols: [PROTOCOL] });
    onTestFinished(() => { this.#connection.abort(); });
  }

  static to(url: string): Promise<RawCarrier> {
    return new Promise((resolve) => {
      const carrier = new RawCarrier(url, () => { resolve(carrier); });
    });
  }

  /** Resolves when it has settled, or the carrier is gone. */
  async say(...frames: Buffer[]): Promise<void> {
    const written = new Promise<void>((resolve) => { this.#write = resolve; });
    if (this.#connection.write(Buffer.concat(frames)) === 1) await Promise.race([written, this.closed]);
  }

  read(): this {
    this.#connection.readStart();
    return this;
  }
}
