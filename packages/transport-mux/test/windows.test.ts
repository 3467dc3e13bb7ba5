import { WRITE_PENDING } from '@netstrata/stream-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../src/stream/inbox.js';
import { inMemory, sessions } from './support/carriers.js';
import { accepting, End } from './support/end.js';
import { frame, rawPeer } from './support/raw-peer.js';

const DATA = 0, WINDOW = 1;
const SYN = 1, ACK = 2;
const INITIAL = 262_144;

describe('windows', () => {
  it('no more than the peer permits is in flight, whatever is written, and the rest leaves as it permits more', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 150_000 }), { minLength: 1, maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 6 }),
      fc.integer({ min: 0, max: 50_000 }),
      async (sizes, grants, extra) => {
        const { peer, session } = await rawPeer({ side: 'dialler' });
        const end = End.dial(session);
        await peer.frame(WINDOW, SYN, 1);
        peer.say(frame(WINDOW, ACK, 1, extra));
        await end.event('connect');
        const total = sizes.reduce((sum, size) => sum + size, 0);
        let granted = INITIAL + extra;
        const status = end.connection.writev(sizes.map((size) => new Uint8Array(size)));
        const received = (): number => peer.payloads.get(1) ?? 0;
        await peer.until(() => received() === Math.min(total, granted));
        for (const grant of grants) {
          granted += grant;
          peer.say(frame(WINDOW, 0, 1, grant));
          await peer.until(() => received() >= Math.min(total, granted));
          expect(received()).toBe(Math.min(total, granted));
        }
        if (status === WRITE_PENDING && total <= granted) await end.event('written');
        expect(end.events.includes('written')).toBe(status === WRITE_PENDING && total <= granted);
        session.abort();
      },
    ), { numRuns: 40 });
  });

  it('the peer is told when half a window was read, not for each read', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session, (end) => end.connection.readStart());
    peer.say(frame(WINDOW, SYN, 1, 0));
    const piece = frame(DATA, 0, 1, 1024, new Uint8Array(1024));
    for (let i = 0; i < 128; i++) peer.say(piece);
    expect(await peer.frame(WINDOW, 0, 1)).toEqual([WINDOW, 0, 1, INITIAL / 2]);
    expect(ends[0].received).toBe(INITIAL / 2);
    expect(peer.frames.filter(([type, flags]) => type === WINDOW && flags === 0)).toHaveLength(1);
  });

  it('a larger window is granted with SYN and with ACK', async () => {
    const { peer, session } = await rawPeer({ window: 1_000_000 });
    await accepting(session);
    End.dial(session);
    peer.say(frame(WINDOW, SYN, 1, 0));
    expect(await peer.frame(WINDOW, SYN, 2)).toEqual([WINDOW, SYN, 2, 1_000_000 - INITIAL]);
    expect(await peer.frame(WINDOW, ACK, 1)).toEqual([WINDOW, ACK, 1, 1_000_000 - INITIAL]);
  });

  it('one of a hundred streams that stops reading slows no other', async () => {
    const [dialler, acceptor] = await sessions(inMemory());
    let count = 0;
    await accepting(acceptor, (end) => { if (count++ > 0) end.connection.readStart(); });
    const ends = Array.from({ length: 100 }, () => End.dial(dialler));
    await Promise.all(ends.map((end) => end.event('connect')));
    const [stopped, ...others] = ends;
    expect(stopped.connection.write(new Uint8Array(INITIAL + 1))).toBe(WRITE_PENDING);
    await Promise.all(others.map(async (end) => {
      if (end.connection.write(new Uint8Array(2 * INITIAL)) === WRITE_PENDING) await end.event('written');
    }));
    expect(stopped.events).toEqual(['connect']);
    dialler.abort();
  });
});

describe('what waits for a reader', () => {
  it('comes out as it went in, in memory of its own, and takes few blocks however small the pieces are', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }), (sizes) => {
      const inbox = new Inbox();
      const all: number[] = [];
      for (const size of sizes) {
        const piece = Uint8Array.from({ length: size }, (_, i) => (all.length + i) % 251);
        all.push(...piece);
        inbox.push(piece);
      }
      const out: number[] = [];
      while (inbox.length > 0) {
        const chunk = inbox.shift();
        expect([chunk.byteOffset, chunk.buffer.byteLength]).toEqual([0, chunk.length]);
        out.push(...chunk);
      }
      expect(out).toEqual(all);
    }), { numRuns: 50 });
    const inbox = new Inbox();
    const one = Uint8Array.of(7);
    for (let i = 0; i < INITIAL; i++) inbox.push(one);
    let blocks = 0;
    for (; inbox.length > 0; blocks++) inbox.shift();
    expect(blocks).toBeLessThan(20);
  });
});
