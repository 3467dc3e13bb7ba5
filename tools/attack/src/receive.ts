import type { Socket } from '@netstrata/net-compat/core';
import type { Judge } from './judge.js';
import type { Random } from './random.js';

/** How a side takes what arrives. `onread` has to be chosen before there is a socket. */
export type Manner = 'data' | 'pausing' | 'readable' | 'parts' | 'iterate' | 'text' | 'unshift';

export const MANNERS: readonly Manner[] = ['data', 'data', 'pausing', 'readable', 'parts', 'iterate', 'text', 'unshift'];

/** The position in the stream that it receives. */
export interface Place {
  readonly start: number;
  offset: number;
}

/** Takes everything until the end, and has it checked. */
export function receive(socket: Socket, manner: Manner, place: Place, judge: Judge, random: Random, isPooled: boolean): void {
  const take = (chunk: Buffer, isPart: boolean): void => {
    const at = place.offset;
    // Before its memory is transferred.
    place.offset += chunk.length;
    judge.chunk(chunk, place.start, at, isPooled, isPart);
  };
  if (manner === 'text') {
    socket.setEncoding('latin1').on('data', (text: string) => {
      judge.text(text, place.start, place.offset);
      place.offset += text.length;
    });
  } else if (manner === 'readable' || manner === 'parts') {
    socket.on('readable', () => {
      const isPart = manner === 'parts';
      for (;;) {
        // What is read together has separate memory, parts that are read separately share it.
        const size = isPart && socket.readableLength > 0 ? 1 + random.below(socket.readableLength) : undefined;
        const chunk = socket.read(size) as Buffer | null;
        if (chunk === null) return;
        take(chunk, isPart);
      }
    });
  } else if (manner === 'iterate') {
    void (async () => {
      try {
        // Otherwise it destroys the socket, which may still have something to send.
        for await (const chunk of socket.iterator({ destroyOnReturn: false })) take(chunk as Buffer, false);
      } catch {
        // Reported by 'error' too.
      }
    })();
  } else {
    socket.on('data', (chunk: Buffer) => {
      if (manner === 'unshift' && chunk.length > 1 && random.chance(0.1)) {
        const back = random.below(chunk.length);
        // Chunks cut from a pool are lost with it when somebody gives it away.
        const rest = isPooled ? Buffer.from(chunk.subarray(back)) : chunk.subarray(back);
        take(chunk.subarray(0, back), true);
        socket.unshift(rest);
        return;
      }
      take(chunk, manner === 'unshift');
      if (manner === 'pausing' && random.chance(0.05)) {
        socket.pause();
        setImmediate(() => socket.resume());
      }
      judge.throwAtTimes();
    });
  }
}

/** Options that put received bytes into the user's buffers. The user transfers such a buffer now and then: then a new one replaces it. */
export function intoBuffers(place: Place, judge: Judge, random: Random): object {
  const fresh = (): Uint8Array => new Uint8Array(1 + random.below(70_000));
  let buffer = fresh();
  return {
    buffer: () => buffer,
    callback: (size: number, filled: Uint8Array) => {
      judge.chunk(Buffer.from(filled.buffer, filled.byteOffset, size), place.start, place.offset, true, true);
      place.offset += size;
      if (random.chance(0.3)) {
        if (random.chance(0.5)) structuredClone(filled, { transfer: [filled.buffer as ArrayBuffer] });
        buffer = fresh();
      }
      return true;
    },
  };
}
