import { describe, expect, it } from 'vitest';
import { inMemory, sessions } from './support/carriers.js';
import { accepting, End } from './support/end.js';
import { frame, rawPeer } from './support/raw-peer.js';
import { surviving } from './support/uncaught.js';

const DATA = 0, WINDOW = 1, PING = 2;
const SYN = 1, ACK = 2, FIN = 4;

/** What a sink throws each time that it is told of this. */
function throwing(end: End, method: 'onConnect' | 'onData' | 'onEnd' | 'onWriteDone'): void {
  const told = end[method].bind(end) as (bytes?: Uint8Array) => void;
  end[method] = (bytes?: Uint8Array) => {
    told(bytes);
    throw new Error(method);
  };
}

describe('what a sink throws is thrown alone: its stream and all others go on', () => {
  it('when bytes and an end come', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session, (end) => {
      if (ends.length === 1) (['onData', 'onEnd'] as const).forEach((method) => { throwing(end, method); });
      end.connection.readStart();
    });
    const five = (flags: number, id: number) => frame(DATA, flags, id, 5, new Uint8Array(5));
    expect(await surviving(async () => {
      peer.say(five(SYN, 1), five(SYN, 3), five(FIN, 1), five(FIN, 3), frame(PING, SYN, 0, 1));
      await peer.frame(PING, ACK, 0, 1);
    })).toEqual(['onData', 'onData', 'onEnd']);
    expect(ends.map(({ received, events }) => [received, events.at(-1)])).toEqual([[10, 'end'], [10, 'end']]);
  });

  it('when what had waited comes', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session);
    peer.say(frame(WINDOW, SYN, 1, 0), ...Array.from({ length: 3 }, () => frame(DATA, 0, 1, 600, new Uint8Array(600))), frame(PING, SYN, 0, 1));
    await peer.frame(PING, ACK, 0, 1);
    const [end] = ends;
    throwing(end, 'onData');
    const thrown = await surviving(async () => {
      end.connection.readStart();
      await end.until(() => end.received === 1800);
    });
    expect(new Set(thrown)).toEqual(new Set(['onData']));
  });

  it('when a connection stands, is accepted, or has written', async () => {
    const [dialler, acceptor] = await sessions(inMemory(), { early: true });
    const accepted: End[] = [];
    acceptor.listen({ path: 'there' }, {
      onListening() {},
      onConnection(connection) {
        accepted.push(End.of(connection));
        connection.readStart();
        throw new Error('onConnection');
      },
      onAcceptError() {},
      onClose() {},
    });
    const ends = [1, 2].map(() => End.dial(dialler));
    throwing(ends[0], 'onConnect');
    throwing(ends[0], 'onWriteDone');
    const thrown = await surviving(async () => {
      await Promise.all(ends.map((end) => end.event('connect')));
      for (const { connection } of ends) connection.write(new Uint8Array(600_000));
      await Promise.all(ends.map((end) => end.event('written')));
      await Promise.all(accepted.map((end) => end.until(() => end.received === 600_000)));
    });
    expect(thrown.sort()).toEqual(['onConnect', 'onConnection', 'onConnection', 'onWriteDone']);
    expect(accepted).toHaveLength(2);
    dialler.abort();
  });

  it('when a ping is answered', async () => {
    const { peer, session } = await rawPeer();
    const ends = await accepting(session);
    expect(await surviving(async () => {
      session.ping(() => { throw new Error('ping'); });
      await peer.frame(PING, SYN);
      peer.say(frame(PING, ACK, 0, 1), frame(WINDOW, SYN, 1, 0));
      await peer.frame(WINDOW, ACK, 1);
    })).toEqual(['ping']);
    expect(ends).toHaveLength(1);
  });
});
