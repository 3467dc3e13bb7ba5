import { asBytes, encode, encodingName, isBytes, sizeOf } from './bytes.js';
import type { Channel, WriteStatus } from './channel.js';
import { invalidArgType, unknownEncoding } from './errors.js';

/** Hands a chunk to the channel, as text where the channel takes text. */
export function writeChunk(channel: Channel, chunk: Uint8Array | string, encoding: string): WriteStatus {
  if (typeof chunk !== 'string') return channel.write(chunk);
  if (channel.writeString !== undefined) {
    const name = encodingName(encoding);
    if (name === 'utf8' || name === 'latin1') return channel.writeString(chunk, name);
  }
  return channel.write(encode(chunk, encoding));
}

/** What of a write request goes down. */
export interface Outgoing {
  readonly chunk: Uint8Array | string;
  readonly encoding: string;
}

/** Characters of text, bytes of everything else: what of it is there still. */
export function outgoingSize(data: Uint8Array | string | readonly Outgoing[]): number {
  if (typeof data === 'string') return data.length;
  return isSeveral(data) ? data.reduce((size, { chunk }) => size + outgoingSize(chunk), 0) : sizeOf(data);
}

function isSeveral(data: Uint8Array | readonly Outgoing[]): data is readonly Outgoing[] {
  return Array.isArray(data);
}

export function writeChunks(channel: Channel, requests: readonly Outgoing[]): WriteStatus {
  return channel.writev(requests.map(({ chunk, encoding }) => (typeof chunk === 'string' ? encode(chunk, encoding) : chunk)));
}

/** Throws ERR_UNKNOWN_ENCODING. */
export function checkedEncoding(encoding: unknown): string {
  if (encoding === 'buffer' || encodingName(encoding) !== undefined) return encoding as string;
  throw unknownEncoding(encoding);
}

/** The bytes of a Buffer, a TypedArray or a DataView; nothing is copied. Throws ERR_INVALID_ARG_TYPE, and ERR_INVALID_STATE where they are gone. */
export function bytesOf(data: unknown): Uint8Array {
  if (!isBytes(data)) throw invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  return asBytes(data);
}
