import type { Transport } from '@netstrata/transport';
import { compliance } from '@netstrata/transport/compliance';
import { describe, expect, it } from 'vitest';
import type { WebSocketClass } from '../src/index.js';
import { byName, sessionsOver } from './support/many.js';
import { overHttp } from './support/over-http.js';
import { Recorder } from './support/recorder.js';

/** What a WebSocket lacks, streams over it have: half close, resets, ends of their own. The end that was dialled may dial, too. */
async function suite(name: string, carrier: Transport, dialling: 0 | 1): Promise<void> {
  const pairs = new Map<string, readonly Transport[]>();
  const [model] = await sessionsOver(carrier);
  const listenEndpoint = async () => {
    const path = `name-${pairs.size}`;
    pairs.set(path, await sessionsOver(carrier));
    return { path };
  };
  const [transport, listening] = [byName(model, pairs, dialling), byName(model, pairs, 1 - dialling)];
  compliance({ describe, it }, { name, transport, listening, listenEndpoint });
}

await suite('mux over ws, dialled', overHttp(), 0);
const { WebSocket } = globalThis as { WebSocket?: WebSocketClass };
if (WebSocket !== undefined) await suite('mux over the WebSocket of the runtime, listened on', overHttp({ dial: { WebSocket } }), 1);

it('a carrier that is cut is a reset of every stream, and the end of none', async () => {
  let cut!: () => void;
  const carrier = overHttp();
  const [dialler, acceptor] = await sessionsOver({
    ...carrier,
    connect(endpoint, sink) {
      const connection = carrier.connect(endpoint, sink);
      cut = () => { connection.abort(); };
      return connection;
    },
  });
  const accepted: Recorder[] = [];
  const listener = acceptor.listen({ path: 'streams' }, {
    onListening() {},
    onConnection(connection) {
      const sink = new Recorder();
      connection.sink = sink;
      connection.readStart();
      connection.write(Buffer.from('a part of it'));
      accepted.push(sink);
    },
    onAcceptError() {},
    onClose() {},
  });
  const sinks = [new Recorder(), new Recorder(), new Recorder()];
  for (const sink of sinks) dialler.connect({ path: 'streams' }, sink).readStart();
  await Promise.all(sinks.map((sink) => sink.event('data')));
  cut();
  await Promise.all(accepted.map((sink) => sink.event('close')));
  for (const sink of accepted) {
    expect(sink.events).not.toContain('end');
    expect(sink.error).toMatchObject({ code: 'ECONNRESET' });
  }
  listener.close();
});
