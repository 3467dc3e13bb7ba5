import { allocate, copyInto, partOf, sizeOf } from '@netstrata/stream-core';

/** The longest message that is sent: everybody takes it, and a proxy need not keep more. */
const MESSAGE = 65_536;

/**
 * The bytes of all chunks, copied into messages of at most 64 KiB: what is given to a WebSocket stays with it for long, and a message costs
 * a header and a call.
 */
export function messagesOf(chunks: readonly Uint8Array[], send: (message: Uint8Array) => void): void {
  let rest = 0;
  for (const chunk of chunks) rest += sizeOf(chunk);
  let message = allocate(Math.min(rest, MESSAGE));
  let filled = 0;
  for (const chunk of chunks) {
    for (let at = 0, size = sizeOf(chunk); at < size; ) {
      const part = Math.min(size - at, message.length - filled);
      copyInto(message, part === size ? chunk : partOf(chunk, at, part), filled);
      at += part;
      filled += part;
      if (filled < message.length) continue;
      send(message);
      rest -= filled;
      filled = 0;
      if (rest > 0) message = allocate(Math.min(rest, MESSAGE));
    }
  }
}
