import type { Connection, ConnectSink } from '@netstrata/transport';
import { describe, expect, it } from 'vitest';
import { mux, muxSession, type MuxSession } from '../src/index.js';
import { settingsOf } from '../src/options/mux-options.js';
import { Mux } from '../src/transports/mux.js';
import { inMemory, listen, nothing } from './support/carriers.js';
import { accepting, End } from './support/end.js';
import { frame, rawPeer } from './support/raw-peer.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const nowhere: ConnectSink = { ...nothing, onConnect() {} };

/** A far end with a session on each carrier, whose streams are read, and what dials it. */
async function far() {
  const meeting = inMemory();
  const sessions: MuxSession[] = [];
  const carriers: Connection[] = [];
  const listener = await listen(meeting, (connection) => {
    carriers.push(connection);
    const session = muxSession(connection, { side: 'acceptor' });
    sessions.push(session);
    void accepting(session, (end) => end.connection.readStart()).catch(() => {});
  });
  return { meeting, sessions, carriers, listener, dial: (sink: ConnectSink) => meeting.dials.connect(listener.local!, sink) };
}

describe('mux', () => {
  it('dials when it is first needed, once for all that wait', async () => {
    const { dial, sessions } = await far();
    const transport = mux(dial);
    expect(transport.state).toBe('idle');
    const ends = Array.from({ length: 5 }, () => End.dial(transport));
    expect(transport.state).toBe('dialling');
    await Promise.all(ends.map((end) => end.event('connect')));
    expect([transport.state, transport.dials, transport.streams, sessions.length]).toEqual(['open', 1, 5, 1]);
    expect(ends[0].connection.remote).toEqual({ path: 'there' });
    transport.close();
  });

  it('dials another carrier for new connections after the first broke', async () => {
    const { dial, carriers } = await far();
    const transport = mux(dial);
    const first = End.dial(transport);
    await first.event('connect');
    carriers[0].abort();
    expect(await first.closed()).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
    await End.dial(transport).event('connect');
    expect([transport.dials, transport.streams]).toEqual([2, 1]);
    transport.close();
  });

  it('after the peer went away new connections take another carrier, and those that are open live on', async () => {
    const { dial, sessions } = await far();
    const transport = mux(dial);
    const first = End.dial(transport);
    await first.event('connect');
    sessions[0].drain();
    while (transport.state !== 'idle') await turn();
    const second = End.dial(transport);
    await second.event('connect');
    expect([transport.dials, transport.streams, first.error]).toEqual([2, 2, undefined]);
    transport.close();
  });

  it('a session that has used its ids is left to those that are open, and another is dialled', async () => {
    const { dial } = await far();
    const transport = new Mux(dial, settingsOf(undefined), undefined, 0xffff_fffd);
    const ends = [1, 2].map(() => End.dial(transport));
    await Promise.all(ends.map((end) => end.event('connect')));
    await End.dial(transport).event('connect');
    expect([transport.dials, transport.streams]).toEqual([2, 3]);
    transport.close();
  });

  it('a carrier that cannot be dialled is that error for each connection that waited for it, and is tried again for the next', async () => {
    const { listener, meeting } = await far();
    const address = listener.local!;
    listener.close();
    const transport = mux((sink) => meeting.dials.connect(address, sink));
    const [one, other] = [End.dial(transport), End.dial(transport)];
    const error = await one.closed();
    expect(error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', port: (address as { port: number }).port });
    expect(await other.closed()).toBe(error);
    expect([transport.dials, transport.lastError]).toEqual([1, error]);
    await End.dial(transport).closed();
    expect(transport.dials).toBe(2);
  });

  it('a `dial` that throws is an error of the connection', async () => {
    const reason = new Error('no');
    const transport = mux(() => { throw reason; });
    expect(await End.dial(transport).closed()).toBe(reason);
  });

  it('a `dial` that returns what is none, or reports before it has returned, or twice', async () => {
    const { dial, sessions } = await far();
    expect(await End.dial(mux(() => undefined as never)).closed()).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    const reason = new Error('no');
    expect(await End.dial(mux((sink) => {
      sink.onClose(reason);
      return dial(nowhere);
    })).closed()).toBe(reason);
    const connection = await new Promise<Connection>((stands) => {
      const standing = dial({ ...nowhere, onConnect: () => stands(standing) });
    });
    const transport = mux((sink) => {
      sink.onConnect();
      sink.onConnect();
      return connection;
    });
    await End.dial(transport).event('connect');
    expect([transport.streams, sessions.at(-1)!.streams]).toEqual([1, 1]);
    transport.close();
  });

  it('that is closed by what dials closes what was dialled', async () => {
    const { dial } = await far();
    let dialled!: Connection;
    const transport = mux((sink) => {
      transport.close();
      return (dialled = dial(sink));
    });
    expect(await End.dial(transport).closed()).toMatchObject({ code: 'ECONNABORTED' });
    while (dialled.remote !== null) await turn();
  });

  it('tells its state when it is another one', async () => {
    const { dial, carriers, listener } = await far();
    const states: string[] = [];
    let told = (): void => {};
    const transport = mux(dial, { onChange(state) { states.push(state); told(); } });
    const until = async (...expected: string[]): Promise<void> => {
      while (states.length < expected.length) await new Promise<void>((resolve) => (told = resolve));
      expect(states.splice(0)).toEqual(expected);
    };
    const end = End.dial(transport);
    expect(states).toEqual([]);
    await until('dialling', 'open');
    await end.event('connect');
    carriers[0].abort();
    await until('idle');
    listener.close();
    await End.dial(transport).closed();
    await until('dialling', 'idle');
    transport.close();
    await until('closed');
  });

  it('a listener ends when the other end goes away or is gone, and may listen again by another carrier', async () => {
    const { dial, sessions } = await far();
    const transport = mux(dial);
    let old: End | undefined;
    for (const leave of ['drain', 'abort'] as const) {
      const ended = new Promise<Error | null>((onClose) => {
        transport.listen({ path: 'home' }, { onListening: () => void reach(), onConnection: (stream) => { old ??= End.of(stream); }, onAcceptError() {}, onClose });
      });
      const reach = async (): Promise<void> => {
        while (sessions.length < transport.dials) await turn();
        const session = sessions.at(-1)!;
        await End.dial(session).event('connect');
        session[leave]();
      };
      expect(await ended).toMatchObject({ code: 'ECONNRESET', syscall: 'listen' });
    }
    expect([transport.dials, old?.error]).toEqual([2, undefined]);
    transport.close();
  });

  it('is not dialled to the end when nobody waits for it any more', async () => {
    const { dial, carriers } = await far();
    const transport = mux(dial);
    const end = End.dial(transport);
    end.connection.close();
    expect(await end.closed()).toBeNull();
    await End.dial(transport).event('connect');
    expect(transport.dials).toBe(2);
    expect(carriers.filter(({ remote }) => remote !== null).length).toBeGreaterThanOrEqual(1);
    transport.close();
  });

  it('close resets what is open, and what is dialled afterwards is ECONNABORTED', async () => {
    const { dial } = await far();
    const transport = mux(dial);
    const end = End.dial(transport);
    await end.event('connect');
    transport.close();
    expect(await end.closed()).toMatchObject({ code: 'ECONNRESET' });
    expect(await End.dial(transport).closed()).toMatchObject({ code: 'ECONNABORTED', syscall: 'connect' });
    expect(transport.state).toBe('closed');
  });

  it('early: what is written at once goes with the SYN, and a refusal comes later, as one of connect', async () => {
    const { peer, session } = await rawPeer({ side: 'dialler', early: true });
    const end = End.dial(session);
    await end.event('connect');
    end.connection.write(new Uint8Array(5));
    await peer.until(() => peer.payloads.get(1) === 5);
    peer.say(frame(1, 8, 1, 0));
    expect(await end.closed()).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: 'there' });
  });

  it('unknown options and arguments of a wrong kind are refused', () => {
    expect(() => mux(undefined as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    expect(() => mux(() => null as never, { maxStream: 1 } as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    expect(() => mux(() => null as never, { window: 1000 })).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }));
    expect(() => muxSession({} as never, { side: 'dialler' })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    expect(() => mux(() => null as never).connect({ host: 'a', port: 1 } as never, {} as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });
});
