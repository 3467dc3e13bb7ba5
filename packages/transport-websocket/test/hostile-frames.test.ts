import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeCodeOf, frame, openClient } from './support/raw-client.js';
import { serve } from './support/served.js';

const EMPTY = Buffer.alloc(0);

const hostile: readonly (readonly [string, () => Buffer, number])[] = [
  ['a text message', () => frame(Buffer.from('text'), { opcode: 1 }), 1003],
  ['an empty text message', () => frame(EMPTY, { opcode: 1 }), 1003],
  ['a message that is announced with 2 GiB', () => frame(EMPTY, { length: 2 ** 31 }), 1009],
  ['a message that is announced with 2^60 bytes', () => frame(EMPTY, { length: 2 ** 60 }), 1009],
  ['a message of a byte more than is taken, in fragments', () => Buffer.concat([frame(Buffer.alloc(1000), { fin: false }), frame(Buffer.alloc(25), { opcode: 0 })]), 1009],
  ['a message of a thousand fragments', () => Buffer.concat(Array.from({ length: 1000 }, (_, i) => frame(EMPTY, { opcode: i === 0 ? 2 : 0, fin: false }))), 1008],
  ['a frame that is not masked', () => frame(EMPTY, { mask: false }), 1002],
  ['a frame of a reserved kind', () => frame(EMPTY, { opcode: 3 }), 1002],
  ['a continuation of nothing', () => frame(EMPTY, { opcode: 0 }), 1002],
  ['a ping of more than 125 bytes', () => frame(Buffer.alloc(126), { opcode: 9 }), 1002],
  ['a ping in fragments', () => frame(EMPTY, { opcode: 9, fin: false }), 1002],
  ['a compressed frame, which nobody agreed on', () => { const bytes = frame(EMPTY); bytes[0] |= 0x40; return bytes; }, 1002],
  ['a close frame with a code that nobody may send', () => frame(Buffer.from([0x03, 0xed]), { opcode: 8 }), 1002],
];

describe('the connection fails, and the peer is told why, for', () => {
  it.each(hostile)('%s', async (_what, bytes, code) => {
    const served = await serve({ maxMessage: 1024 });
    const client = await openClient(served.port);
    const { sink } = await served.accepted();
    client.socket.write(Buffer.concat([frame(Buffer.from('before')), bytes()]));
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'EPROTO', syscall: 'read' });
    expect([sink.text, sink.events.at(-2)]).toEqual(['before', 'data']);
    client.socket.end();
    await client.closed;
    expect(closeCodeOf(client.received())).toBe(code);
  });
});

it('whatever a client sends, no other connection notices', async () => {
  const served = await serve({ maxMessage: 4096 });
  const good = await openClient(served.port);
  const { sink: other } = await served.accepted();
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.boolean(), async (bytes, asFrame) => {
      const client = await openClient(served.port);
      const { sink, connection } = await served.accepted();
      client.socket.end(asFrame ? Buffer.concat([frame(bytes), Buffer.from(bytes)]) : bytes);
      await sink.until(() => sink.events.includes('close') || sink.events.includes('end'));
      if (sink.error !== null) expect(['EPROTO', 'ECONNRESET']).toContain(sink.error.code);
      connection.close();
      good.socket.write(frame(Buffer.from('!')));
      sent++;
    }),
    { numRuns: 60 },
  );
  await other.until(() => other.received === sent);
  expect(other.events).not.toContain('close');
});

it('a flood of pings from who reads none of the answers ends its connection, and costs no memory', async () => {
  const served = await serve();
  const client = await openClient(served.port);
  const { sink } = await served.accepted();
  client.socket.pause();
  const pings = Buffer.concat(Array.from({ length: 1000 }, () => frame(Buffer.alloc(125), { opcode: 9 })));
  const flood = () => { while (!client.socket.destroyed && client.socket.write(pings)); };
  client.socket.on('drain', flood);
  flood();
  await sink.event('close');
  expect(sink.error).toMatchObject({ code: 'ECONNRESET' });
});
