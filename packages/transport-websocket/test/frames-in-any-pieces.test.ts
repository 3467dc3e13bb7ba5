import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closeCodeOf, frame, openClient } from './support/raw-client.js';
import { serve } from './support/served.js';

const PING = 9;
const PONG = 10;

/** A message in fragments, with control frames between them, which may be empty. */
const message = fc.array(
  fc.record({ bytes: fc.uint8Array({ maxLength: 300 }), control: fc.constantFrom(null, PING, PONG), empty: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
);

/** The bytes on the wire, cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map((place) => place % bytes.length))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i])).filter(({ length }) => length > 0);
}

it('messages arrive whole and in order, in whatever fragments and segments they come', async () => {
  const served = await serve();
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), async (messages, places) => {
      const client = await openClient(served.port);
      const { sink, connection } = await served.accepted();
      const frames = messages.flatMap((parts) => parts.flatMap(({ bytes, control, empty }, i) => [
        frame(bytes, { opcode: i === 0 ? 2 : 0, fin: i === parts.length - 1 }),
        ...(control === null ? [] : [frame(empty ? Buffer.alloc(0) : Buffer.from('ping'), { opcode: control })]),
      ]));
      const end = frame(Buffer.from([0x03, 0xe8]), { opcode: 8 });
      client.socket.setNoDelay(true);
      for (const piece of cut(Buffer.concat([...frames, end]), places)) {
        await new Promise((written) => client.socket.write(piece, written));
      }
      await sink.event('end');
      expect(sink.events).not.toContain('close');
      expect(Buffer.concat(sink.chunks)).toEqual(Buffer.concat(messages.flat().map(({ bytes }) => bytes)));
      for (const { byteOffset, length, buffer } of sink.chunks) expect([byteOffset, length]).toEqual([0, buffer.byteLength]);
      connection.close();
      await client.closed;
      expect(closeCodeOf(client.received())).toBe(1000);
    }),
    { numRuns: 60 },
  );
});
