import { joined, WRITE_PENDING } from '@netstrata/stream-core';
import { describe, expect, it } from 'vitest';
import { accepting, End } from './support/end.js';
import { frame, rawPeer } from './support/raw-peer.js';

const DATA = 0, WINDOW = 1, PING = 2;
const SYN = 1, ACK = 2, FIN = 4, RST = 8;

describe('floods', () => {
  it('more streams than there may be are refused, and the others live', async () => {
    const { peer, session } = await rawPeer({ maxStreams: 10 });
    const ends = await accepting(session);
    peer.say(...Array.from({ length: 5000 }, (_, i) => frame(WINDOW, SYN, 2 * i + 1, 0)));
    await peer.frame(WINDOW, RST, 9999);
    expect([ends.length, session.streams, peer.frames.filter(([, flags]) => flags === RST).length]).toEqual([10, 10, 4990]);
    ends[0].connection.write(new Uint8Array(7));
    await peer.until(() => peer.payloads.get(1) === 7);
  });

  it('pings are answered as long as the peer reads the answers; one that does not is left', async () => {
    const { peer, session, ended } = await rawPeer();
    const end = End.dial(session);
    await peer.frame(WINDOW, SYN, 2);
    const pings = joined(Array.from({ length: 5000 }, (_, i) => frame(PING, SYN, 0, i)));
    peer.say(pings);
    await peer.frame(PING, ACK, 0, 4999);
    peer.stop();
    for (let i = 0; i < 100; i++) peer.say(pings);
    expect(await ended).toMatchObject({ code: 'ENOBUFS', syscall: 'write' });
    expect(await end.closed()).toMatchObject({ code: 'ECONNRESET' });
  });

  it('streams that are opened and reset again and again by a peer that does not read the answers: it is left', async () => {
    const { peer, session, ended } = await rawPeer();
    const ends = await accepting(session);
    peer.say(frame(WINDOW, SYN, 1, 2 ** 30));
    await peer.frame(WINDOW, ACK, 1);
    peer.stop();
    while (ends[0].connection.write(new Uint8Array(65_536)) !== WRITE_PENDING);
    peer.say(...Array.from({ length: 10_400 }, (_, i) => frame(WINDOW, i % 2 === 0 ? SYN : RST, 3 + 2 * Math.floor(i / 2), 0)));
    expect(await ended).toMatchObject({ code: 'ENOBUFS' });
    expect(session.streams).toBe(0);
  });

  it('thousands of streams that are closed at once, while the carrier takes nothing, are none', async () => {
    const { peer, session } = await rawPeer({ side: 'dialler', backlog: Infinity });
    const ends = Array.from({ length: 6000 }, () => End.dial(session));
    const [first] = ends;
    const last = 2 * ends.length - 1;
    await peer.frame(WINDOW, SYN, last);
    peer.say(...ends.map((_, i) => frame(WINDOW, ACK, 2 * i + 1, 2 ** 30)));
    await ends.at(-1)!.event('connect');
    peer.stop();
    while (first.connection.write(new Uint8Array(65_536)) !== WRITE_PENDING);
    for (const { connection } of ends) connection.abort();
    peer.start();
    expect(await peer.frame(WINDOW, RST, last)).toBeDefined();
    expect([session.isOpen, session.streams]).toEqual([true, 0]);
  });

  it('streams that both ends have ended count until they are read: their bytes are what a peer may make a session hold', async () => {
    const { peer, session } = await rawPeer({ maxStreams: 2 });
    const ends = await accepting(session, ({ connection }) => { connection.shutdown(); });
    const whole = (id: number) => [frame(WINDOW, SYN, id, 0), frame(DATA, FIN, id, 5, new Uint8Array(5))];
    peer.say(...[1, 3, 5].flatMap(whole));
    await peer.frame(WINDOW, RST, 5);
    const [{ connection }, other] = ends;
    connection.readStart();
    expect(await ends[0].event('end')).toEqual(['shut down', 'data', 'end']);
    other.connection.close();
    expect([session.streams, ends.length]).toEqual([0, 2]);
  });

  it('dials beyond the backlog wait for the answers to others', async () => {
    const { peer, session } = await rawPeer({ side: 'dialler', backlog: 2 });
    const ends = Array.from({ length: 5 }, () => End.dial(session));
    await peer.frame(WINDOW, SYN, 3);
    peer.say(frame(PING, SYN, 0, 1));
    await peer.frame(PING, ACK);
    expect(peer.frames.filter(([, flags]) => flags === SYN)).toHaveLength(3 - 1);
    peer.say(frame(WINDOW, ACK, 1, 0));
    await peer.frame(WINDOW, SYN, 5);
    peer.say(frame(WINDOW, RST, 3, 0));
    await peer.frame(WINDOW, SYN, 7);
    expect(await ends[1].closed()).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ids in another order than they were numbered are good, each once', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session);
    peer.say(...[5, 1, 3, 9, 7].map((id) => frame(WINDOW, SYN, id, 0)));
    for (const id of [5, 1, 3, 9, 7]) await peer.frame(WINDOW, ACK, id);
    expect(ends).toHaveLength(5);
    session.abort();
  });
});
