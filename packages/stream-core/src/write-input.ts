import { encode, encodingName } from './bytes.js';
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

export function writeChunks(channel: Channel, requests: readonly Outgoing[]): WriteStatus {
  return channel.writev(requests.map(({ chunk, encoding }) => (typeof chunk === 'string' ? encode(chunk, encoding) : chunk)));
}

/** Throws ERR_UNKNOWN_ENCODING. */
export function checkedEncoding(encoding: unknown): string {
  if (encoding === 'buffer' || encodingName(encoding) !== undefined) return encoding as string;
  throw unknownEncoding(encoding);
}

/** The bytes of a Buffer, a TypedArray or a DataView; nothing is copied. Throws ERR_INVALID_ARG_TYPE. */
export function bytesOf(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}
