import type { Acceptor, ConnectSink } from '@netstrata/transport';
import type { WebStreams } from '@netstrata/transport/adapters';
import { expect, it } from 'vitest';
import { overWebStreams, type StreamMedium } from '../src/index.js';

const place = { path: 'somewhere' };

/** The error with which a dial ends. */
function dialled(medium: StreamMedium): Promise<Error | null> {
  return new Promise((onClose) => {
    const unexpected = (): void => onClose(new Error('It was connected'));
    const sink: ConnectSink = { onConnect: unexpected, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose };
    overWebStreams(medium).connect(place, sink);
  });
}

function listened(listen: StreamMedium['listen']): Promise<Error | null> {
  return new Promise((onClose) => {
    const acceptor: Acceptor = { onListening() {}, onConnection() {}, onAcceptError() {}, onClose };
    overWebStreams({ dial: never, listen }).listen!(place, acceptor);
  });
}

const reason = new Error('The medium has its own words');
const never = (): never => {
  throw reason;
};

it('a medium that cannot dial is a refusal, with its reason as the cause', async () => {
  for (const dial of [never, () => Promise.reject(reason)]) {
    expect(await dialled({ dial })).toMatchObject({ message: 'connect ECONNREFUSED somewhere', errno: -111, cause: reason });
  }
});

it('a medium that cannot listen says so, with its reason as the cause', async () => {
  expect(await listened(never)).toMatchObject({ code: 'EADDRNOTAVAIL', syscall: 'listen', address: 'somewhere', cause: reason });
});

it('a medium that stops by itself is a failure of the listener', async () => {
  const none = new ReadableStream<WebStreams>({ start: (controller) => controller.close() });
  expect(await listened(() => none)).toMatchObject({ message: 'accept ECONNABORTED somewhere' });
});

it('a pair that comes after close is closed', async () => {
  let give: (pair: WebStreams) => void = never;
  const connection = overWebStreams({ dial: () => new Promise((resolve) => (give = resolve)) }).connect(place, {} as ConnectSink);
  connection.sink = null;
  await Promise.resolve();
  connection.close();
  const cancelled = new Promise((cancel) => {
    give({ readable: new ReadableStream<Uint8Array>({ cancel }), writable: new WritableStream<Uint8Array>() });
  });
  await cancelled;
});
