/** A message of the PostgreSQL protocol: a letter (none in the first of a connection), the length, and that many bytes less four. */
export interface Message {
  readonly type: string;
  readonly body: Reader;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** A text that ends with a zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  rest(): string {
    return this.#bytes.toString('utf8', this.#at);
  }

  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  /** A value, which has its length in front; -1 stands for null. */
  value(): string | null {
    const size = this.int32();
    if (size < 0) return null;
    this.#at += size;
    return this.#bytes.toString('utf8', this.#at - size, this.#at);
  }
}

/** Puts messages together from what comes, however the network has cut it. */
export class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #isStarted = false;

  add(chunk: Uint8Array): Message[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: Message[] = [];
    for (let message = this.#take(); message !== null; message = this.#take()) messages.push(message);
    return messages;
  }

  #take(): Message | null {
    const head = this.#isStarted ? 1 : 0;
    if (this.#rest.length < head + 4) return null;
    const end = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < end) return null;
    const message = { type: head === 0 ? 'startup' : String.fromCharCode(this.#rest[0]), body: new Reader(this.#rest.subarray(head + 4, end)) };
    this.#rest = this.#rest.subarray(end);
    this.#isStarted = true;
    return message;
  }
}

export type Part = Buffer;
export const text = (value: string): Part => Buffer.from(`${value}\0`);
export const int16 = (value: number): Part => Buffer.from([value >> 8, value & 255]);
export const int32 = (value: number): Part => Buffer.from([value >> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
export const value = (of: string | null): Part => (of === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(of)), Buffer.from(of)]));

/** A message to the client. */
export function message(type: string, ...parts: readonly Part[]): Part {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}
