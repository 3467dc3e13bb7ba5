import type { Connection, Transport } from '@netstrata/transport';
import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { mux, muxSession } from '../src/index.js';
import { carrier, inMemory, listen, nothing, overTcp, sessions, type Meeting } from './support/carriers.js';
import { Switchboard } from './support/switchboard.js';

const memory = inMemory();

const reversed = ([one, other]: readonly [Transport, Transport]): [Transport, Transport] => [other, one];

function suite(name: string, pair: () => Promise<readonly [dials: Transport, listens: Transport]>): void {
  const board = new Switchboard(mux(() => { throw new Error('not dialled'); }));
  compliance({ describe, it }, {
    name,
    transport: board.dialling,
    listening: board.listening,
    listenEndpoint: async () => board.add(await pair()),
  });
}

suite('a session over TCP', () => sessions(overTcp));

/** A carrier that lends nothing, takes no memory that others use, and reports what it has read as chunks of its own. */
function plain(connection: Connection): Connection {
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'takesShared') return false;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
suite('a session over a carrier of another kind', async () => {
  const [dialled, accepted] = await carrier(memory);
  return [muxSession(plain(dialled), { side: 'dialler' }), muxSession(plain(accepted), { side: 'acceptor', window: 1_048_576 })];
});

/** The carrier is dialled by what is listened on here, or by the first connection. */
async function shared(meeting: Meeting): Promise<[dials: Transport, listens: Transport]> {
  let accepted!: Transport;
  const listener = await listen(meeting, (connection) => {
    accepted = muxSession(connection, { side: 'acceptor' });
  });
  const transport = mux((sink) => meeting.dials.connect(listener.local!, sink));
  await new Promise<unknown>((refused) => transport.connect({ path: 'nobody' }, { ...nothing, onConnect() {}, onClose: refused }));
  listener.close();
  return [transport, accepted];
}
suite('mux, dialling', () => shared(memory));
suite('mux, listening', async () => reversed(await shared(memory)));
