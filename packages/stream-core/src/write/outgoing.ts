import { asBytes, encode, encodingName, honest, isByteArray, isBytes, partOf, sizeOf } from '../bytes/bytes.js';
import type { Channel, WriteStatus } from '../contract/channel.js';
import { bytesGone, invalidArgType, unknownEncoding } from '../base/errors.js';
import type { Outgoing, WriteCallback } from '../contract/stream.js';

/** Hands a chunk to the channel, as text where the channel takes text. */
export function writeChunk(channel: Channel, chunk: Uint8Array | string, encoding: string): WriteStatus {
  if (typeof chunk !== 'string') return channel.write(fit(channel, chunk));
  if (channel.writeString !== undefined) {
    const name = encodingName(encoding);
    if (name === 'utf8' || name === 'latin1') return channel.writeString(chunk, name);
  }
  return channel.write(encode(chunk, encoding));
}

/** Characters of text, bytes of everything else: what of it is there still. */
function outgoingSize(chunk: Uint8Array | string): number {
  return typeof chunk === 'string' ? chunk.length : isByteArray(chunk) ? sizeOf(chunk) : 0;
}

/**
 * What was written when it had that size, though a view that follows its memory may have grown since; null where it is not all there any
 * more.
 */
export function asWritten(chunk: Uint8Array | string, size: number): Uint8Array | string | null {
  const now = outgoingSize(chunk);
  if (now === size) return chunk;
  return now < size ? null : partOf(chunk as Uint8Array, 0, size);
}

/**
 * Keeps back what cannot be sent yet. The function that it returns sends it as it was written, up to the first that is not there any more.
 */
export function keepBack(
  written: readonly Outgoing[], callback: WriteCallback, send: (requests: readonly Outgoing[], callback: WriteCallback) => void,
): () => void {
  // What a `_write` of the user's own gives to ours was not looked at yet.
  const requests = written.map(({ chunk, encoding }) => ({ chunk: isBytes(chunk) ? asBytes(chunk) : chunk, encoding }));
  const sizes = requests.map(({ chunk }) => outgoingSize(chunk));
  return () => {
    const left: Outgoing[] = [];
    for (const [at, { chunk, encoding }] of requests.entries()) {
      const whole = asWritten(chunk, sizes[at]);
      if (whole === null) break;
      left.push({ chunk: whole, encoding });
    }
    if (left.length === requests.length) send(left, callback);
    else if (left.length === 0) callback(bytesGone());
    else send(left, (error) => callback(error ?? bytesGone()));
  };
}

/** The same for one chunk or several, which settle together. */
export function writeChunks(channel: Channel, requests: readonly Outgoing[]): WriteStatus {
  if (requests.length === 1) return writeChunk(channel, requests[0].chunk, requests[0].encoding);
  return channel.writev(requests.map(({ chunk, encoding }) => (typeof chunk === 'string' ? encode(chunk, encoding) : fit(channel, chunk))));
}

/** A channel that takes shared memory trusts no property of a chunk; another, which may be a user's, may read where the chunk begins. */
function fit(channel: Channel, chunk: Uint8Array): Uint8Array {
  return channel.takesShared === true ? chunk : honest(chunk);
}

/** Throws ERR_UNKNOWN_ENCODING. */
export function checkedEncoding(encoding: unknown): string {
  if (encoding === 'buffer' || encodingName(encoding) !== undefined) return encoding as string;
  throw unknownEncoding(encoding);
}

/**
 * The bytes of a Buffer, a TypedArray or a DataView; nothing is copied. Throws ERR_INVALID_ARG_TYPE, and ERR_INVALID_STATE where they are
 * gone.
 */
export function bytesOf(data: unknown): Uint8Array {
  if (!isBytes(data)) throw invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  return asBytes(data);
}
