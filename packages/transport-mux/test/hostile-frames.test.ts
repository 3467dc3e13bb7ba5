import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepting, type End } from './support/end.js';
import { frame, rawPeer } from './support/raw-peer.js';

const DATA = 0, WINDOW = 1, PING = 2, GO_AWAY = 3;
const SYN = 1, ACK = 2, FIN = 4, RST = 8;

const violations: Record<string, Uint8Array> = {
  'another version': Uint8Array.of(1, ...frame(PING, SYN, 0, 0).subarray(1)),
  'a type that there is not': frame(4, 0, 0, 0),
  'data for a stream that was never opened': frame(DATA, 0, 1, 3, Uint8Array.of(1, 2, 3)),
  'a window update for a stream that was never opened': frame(WINDOW, 0, 7, 1),
  'an answer for a stream of ours that was never opened': frame(WINDOW, ACK, 2, 0),
  'SYN with an id of ours': frame(WINDOW, SYN, 2, 0),
  'SYN with the id of the session': frame(WINDOW, SYN, 0, 0),
  'a ping with the id of a stream': frame(PING, SYN, 1, 0),
  'SYN for a stream that is open': new Uint8Array([...frame(WINDOW, SYN, 1, 0), ...frame(WINDOW, SYN, 1, 0)]),
  'SYN for a stream that was reset': new Uint8Array([...frame(WINDOW, SYN, 1, 0), ...frame(WINDOW, RST, 1, 0), ...frame(WINDOW, SYN, 1, 0)]),
  'data behind the end': new Uint8Array([...frame(WINDOW, SYN, 1, 0), ...frame(WINDOW, FIN, 1, 0), ...frame(DATA, 0, 1, 1), 0]),
  'more than a window': new Uint8Array([...frame(WINDOW, SYN, 1, 0), ...frame(DATA, 0, 1, 262_145)]),
  'more than a window with SYN': frame(DATA, SYN, 1, 0xffff_ffff),
};

describe('a protocol error', () => {
  for (const [title, bytes] of Object.entries(violations)) {
    it(`ends the session with go away 1: ${title}`, async () => {
      const { peer, session, ended } = await rawPeer();
      const ends: End[] = [];
      void accepting(session, (end) => ends.push(end)).catch(() => {});
      const innocent = frame(WINDOW, SYN, 101, 0);
      peer.say(innocent, bytes);
      expect(await peer.frame(GO_AWAY)).toEqual([GO_AWAY, 0, 0, 1]);
      peer.end();
      expect(await ended).toMatchObject({ code: 'EPROTO', syscall: 'read' });
      expect(await ends[0].closed()).toMatchObject({ code: 'ECONNRESET', syscall: 'read', cause: { code: 'EPROTO' } });
    });
  }
});

describe('any bytes', () => {
  const flags = fc.integer({ min: 0, max: 31 });
  const anyFrame = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 5 }), flags, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 100 })),
    fc.tuple(fc.constant(WINDOW), fc.constantFrom(SYN, ACK, FIN, RST, SYN | FIN), fc.constantFrom(1, 3, 5, 0xffff_ffff), fc.integer({ min: 0 })),
    fc.tuple(fc.constant(DATA), fc.constantFrom(0, SYN, FIN), fc.constantFrom(1, 3, 5), fc.integer({ min: 0, max: 2000 })),
  ).map(([type, flag, id, length]) => frame(type, flag, id, length, new Uint8Array(type === DATA ? length : 0)));
  const input = fc.oneof(
    fc.array(anyFrame, { maxLength: 30 }),
    fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }),
  );

  it('in any pieces leave a session that answers a ping, or end it with go away; and another session goes on', async () => {
    const other = await rawPeer();
    let value = 0;
    await fc.assert(fc.asyncProperty(input, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), async (frames, cuts) => {
      const { peer, session } = await rawPeer();
      void accepting(session, (end) => end.connection.readStart()).catch(() => {});
      const bytes = new Uint8Array([...frames.flatMap((one) => [...one]), ...frame(PING, SYN, 0, 0xabcdef)]);
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const end = at + cuts[i % cuts.length];
        peer.say(bytes.subarray(at, end));
        at = end;
      }
      // Where frames were cut off, the ping may have become part of one: it ends with the carrier then.
      peer.end();
      await peer.until(() => peer.hasEnded || peer.closed !== undefined);
      expect(peer.frames.filter(([type]) => type === GO_AWAY)).toHaveLength(1);
      other.peer.say(frame(PING, SYN, 0, ++value));
      expect(await other.peer.frame(PING, ACK, 0, value)).toBeDefined();
    }), { numRuns: 150 });
  });
});
