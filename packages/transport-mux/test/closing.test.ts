import { WRITE_PENDING } from '@netstrata/stream-core';
import { describe, expect, it } from 'vitest';
import { muxSession } from '../src/index.js';
import { carrier, inMemory, sessions, watched } from './support/carriers.js';
import { Clock } from './support/clock.js';
import { accepting, End } from './support/end.js';
import { frame, rawPeer } from './support/raw-peer.js';

const DATA = 0, WINDOW = 1, PING = 2, GO_AWAY = 3;
const SYN = 1, ACK = 2, FIN = 4, RST = 8;
const RESET = { code: 'ECONNRESET', syscall: 'read' };

describe('a stream that is closed', () => {
  it('says FIN; what the peer still sends is answered with RST, once, and late frames are dropped', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session);
    peer.say(frame(WINDOW, SYN, 1, 0));
    await peer.frame(WINDOW, ACK, 1);
    ends[0].connection.close();
    expect(await peer.frame(WINDOW, FIN, 1)).toBeDefined();
    const late = frame(DATA, 0, 1, 5, new Uint8Array(5));
    peer.say(late, late, frame(WINDOW, 0, 1, 9), frame(WINDOW, FIN, 1, 0), frame(PING, SYN, 0, 1));
    await peer.frame(PING, ACK, 0, 1);
    expect(peer.frames.filter(([, flags, id]) => id === 1 && flags === RST)).toHaveLength(1);
    expect(session.streams).toBe(0);
  });

  it('with bytes unread it says RST', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session);
    peer.say(frame(WINDOW, SYN, 1, 0), frame(DATA, 0, 1, 5, new Uint8Array(5)), frame(PING, SYN, 0, 1));
    await peer.frame(PING, ACK);
    ends[0].connection.close();
    expect(await peer.frame(WINDOW, RST, 1)).toBeDefined();
    expect(peer.frames.some(([, flags]) => flags === FIN)).toBe(false);
  });

  it('is reset when the peer does not end it in time', async () => {
    const clock = new Clock();
    const { peer, session } = await rawPeer({ clock, timeout: 1000, keepAlive: false });
    const ends = await accepting(session);
    peer.say(frame(WINDOW, SYN, 1, 0));
    await peer.frame(WINDOW, ACK, 1);
    ends[0].connection.close();
    await peer.frame(WINDOW, FIN, 1);
    clock.pass(2000);
    expect(await peer.frame(WINDOW, RST, 1)).toBeDefined();
    expect(session.streams).toBe(0);
  });

  it('an end and a reset behind it are complete: all bytes, the end, and then EPIPE for who writes', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session);
    const bytes = frame(DATA, 0, 1, 5, new Uint8Array(5));
    peer.say(frame(WINDOW, SYN, 1, 0), bytes, frame(WINDOW, FIN, 1, 0), frame(WINDOW, RST, 1, 0), frame(PING, SYN, 0, 1));
    await peer.frame(PING, ACK);
    const [end] = ends;
    end.connection.readStart();
    await end.event('end');
    expect(end.received).toBe(5);
    expect(end.connection.write(new Uint8Array(1))).toBe(WRITE_PENDING);
    expect(await end.closed()).toMatchObject({ code: 'EPIPE', syscall: 'write' });
  });
});

describe('a stream that is closed as soon as it stands', () => {
  it('is over with the end that came with the answer', async () => {
    const { peer, session } = await rawPeer({ side: 'dialler' });
    const end = End.dial(session);
    end.onConnect = () => { end.connection.close(); };
    await peer.frame(WINDOW, SYN, 1);
    peer.say(frame(WINDOW, ACK | FIN, 1, 0));
    expect(await end.closed()).toBeNull();
    await peer.frame(WINDOW, FIN, 1);
    expect(session.streams).toBe(0);
  });
});

describe('a session that is aborted', () => {
  it('says nothing more to its carrier', async () => {
    const [dialled] = await carrier(inMemory());
    const calls: PropertyKey[] = [];
    const session = muxSession(watched(dialled, (name) => calls.push(name)), { side: 'dialler', early: true });
    const end = End.dial(session);
    await end.event('connect');
    end.connection.write(new Uint8Array(5));
    calls.length = 0;
    session.abort();
    await end.closed();
    expect(calls.filter((name) => name !== 'unref' && name !== 'ref')).toEqual(['abort']);
  });
});

describe('a carrier that is gone', () => {
  for (const how of ['abort', 'end'] as const) {
    it(`is ECONNRESET on every connection, and no end (${how})`, async () => {
      const { peer, session, ended } = await rawPeer();
      const ends = await accepting(session, (end) => end.connection.readStart());
      const dialled = End.dial(session);
      peer.say(frame(WINDOW, SYN, 1, 0), frame(WINDOW, SYN, 3, 0), frame(DATA, 0, 3, 9, new Uint8Array(4)));
      await peer.frame(WINDOW, ACK, 3);
      peer[how]();
      for (const end of ends) {
        expect(await end.closed()).toMatchObject(RESET);
        expect(end.events).not.toContain('end');
      }
      expect(await dialled.closed()).toMatchObject({ code: 'ECONNRESET', syscall: 'connect' });
      expect(ends).toHaveLength(2);
      expect(await ended).toMatchObject({ code: 'ECONNRESET' });
    });
  }

  it('without streams an end is none of a failure', async () => {
    const { peer, session, ended } = await rawPeer();
    peer.end();
    expect(await ended).toBeNull();
    expect(await End.dial(session).closed()).toMatchObject({ code: 'ECONNRESET', syscall: 'connect' });
  });
});

describe('deadlines', () => {
  it('no answer to a ping, and nothing else heard, ends the session', async () => {
    const clock = new Clock();
    const { peer, session, ended } = await rawPeer({ clock, timeout: 1000, keepAlive: 5000 });
    const end = End.dial(session);
    await peer.frame(WINDOW, SYN, 2);
    peer.say(frame(WINDOW, ACK, 2, 0));
    await end.event('connect');
    clock.pass(5000);
    await peer.frame(PING, SYN);
    clock.pass(1000);
    expect(await ended).toMatchObject({ code: 'ETIMEDOUT', syscall: 'ping' });
    expect(await end.closed()).toMatchObject({ ...RESET, cause: { code: 'ETIMEDOUT' } });
  });

  it('an answered ping tells the round trip, and keeps the session', async () => {
    const clock = new Clock();
    const { peer, session } = await rawPeer({ clock, timeout: 1000, keepAlive: 5000 });
    for (let round = 1; round <= 3; round++) {
      clock.pass(round === 1 ? 5000 : 0);
      await peer.frame(PING, SYN, 0, 2 * round - 1);
      peer.say(frame(PING, ACK, 0, 2 * round - 1));
      const answered = new Promise<unknown>((done) => session.ping(done));
      await peer.frame(PING, SYN, 0, 2 * round);
      peer.say(frame(PING, ACK, 0, 2 * round));
      expect(await answered).toBeNull();
      clock.pass(5000);
    }
    expect(session.isOpen).toBe(true);
    const asked = new Promise<unknown>((done) => session.ping((_, milliseconds) => done(milliseconds)));
    await peer.frame(PING, SYN, 0, 8);
    clock.pass(20);
    peer.say(frame(PING, ACK, 0, 8));
    expect([await asked, session.roundTrip]).toEqual([20, 20]);
  });

  it('a dial without an answer is ETIMEDOUT, and says RST', async () => {
    const clock = new Clock();
    const { peer, session } = await rawPeer({ clock, timeout: 1000, keepAlive: false });
    const end = End.dial(session);
    await peer.frame(WINDOW, SYN, 2);
    clock.pass(2000);
    expect(await end.closed()).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', address: 'there' });
    expect(await peer.frame(WINDOW, RST, 2)).toBeDefined();
  });

  it('a carrier that takes nothing any more ends the session', async () => {
    const clock = new Clock();
    const { peer, session, ended } = await rawPeer({ clock, timeout: 1000, keepAlive: false });
    const end = End.dial(session);
    await peer.frame(WINDOW, SYN, 2);
    peer.say(frame(WINDOW, ACK, 2, 2 ** 30));
    await end.event('connect');
    peer.stop();
    while (end.connection.write(new Uint8Array(65_536)) !== WRITE_PENDING);
    clock.pass(1000);
    expect(await ended).toMatchObject({ code: 'ETIMEDOUT', syscall: 'write' });
    expect(await end.closed()).toMatchObject(RESET);
  });

  it('a peer that does not end its side after goodbye is left', async () => {
    const clock = new Clock();
    const { peer, session, ended } = await rawPeer({ clock, timeout: 1000, keepAlive: false });
    session.close();
    expect(await peer.frame(GO_AWAY)).toEqual([GO_AWAY, 0, 0, 0]);
    clock.pass(1000);
    expect(await ended).toBeNull();
  });
});

describe('going away', () => {
  it('drain lets those live that are open, refuses others at both ends, and ends after the last', async () => {
    const [dialler, acceptor] = await sessions(inMemory());
    const ends = await accepting(acceptor, (end) => end.connection.readStart());
    const end = End.dial(dialler);
    await end.event('connect');
    acceptor.drain();
    expect(await End.dial(acceptor).closed()).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' });
    expect(await End.dial(dialler).closed()).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' });
    end.connection.readStart();
    end.connection.write(new Uint8Array(1000));
    await ends[0].event('data');
    end.connection.shutdown();
    await ends[0].event('end');
    expect(acceptor.streams).toBe(1);
    ends[0].connection.close();
    await end.event('end');
    expect([acceptor.streams, dialler.isOpen]).toEqual([0, false]);
  });
});
