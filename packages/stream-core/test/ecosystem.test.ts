import { once } from 'node:events';
import { addAbortSignal, Duplex as NodeStream, finished, PassThrough, pipeline, Readable, Writable } from 'node:stream';
import * as promises from 'node:stream/promises';
import { expect, it } from 'vitest';
import type { DuplexOptions } from '../src/index.js';
import { playBoth, watch, type Play } from './support/both.js';
import { turn, WRITE_DONE, WRITE_PENDING } from './support/fake-channel.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const major = Number.parseInt(process.versions.node, 10);

function same(title: string, play: Play, options?: DuplexOptions): void {
  it(`as with Node's Duplex: ${title}`, async () => {
    const { ours, node } = await playBoth(play, options);
    expect(ours).toEqual(node);
    expect(ours.length).toBeGreaterThan(0);
  });
}

// ---- async iteration -------------------------------------------------------------------------------------------------

for (const encoding of [undefined, 'utf8'] as const) {
  same(`for await gives chunks until the end (${encoding ?? 'bytes'})`, async (stream, channel, note) => {
    watch(stream, note, ['error', 'close']);
    if (encoding) stream.setEncoding(encoding);
    stream.end();
    const loop = (async () => {
      for await (const chunk of stream) note('chunk', chunk);
    })();
    await turn();
    channel.receive(bytes('one'));
    await turn();
    channel.receive(bytes('two'));
    await turn();
    channel.finishShutdown();
    channel.receiveEnd();
    await loop;
    await turn();
    note('after', stream.destroyed, stream.readableEnded, stream.errored);
  });
}

same('for await left by break destroys the stream', async (stream, channel, note) => {
  watch(stream, note, ['error', 'close']);
  const loop = (async () => {
    for await (const chunk of stream) {
      note('chunk', chunk);
      break;
    }
  })();
  await turn();
  channel.receive(bytes('one'));
  await loop;
  await turn();
  note('after', stream.destroyed, stream.errored, channel.closed);
});

same('for await left by break does not make an error that nobody handles', async (stream, channel, note) => {
  const loop = (async () => {
    for await (const chunk of stream) {
      note('chunk', chunk);
      break;
    }
  })();
  await turn();
  channel.receive(bytes('one'));
  await loop;
  await turn();
  note('after', stream.destroyed, stream.errored);
});

same('an exception in the body of for await reaches the caller and destroys the stream', async (stream, channel, note) => {
  const loop = (async () => {
    for await (const chunk of stream) throw new Error(`no ${String(chunk)}`);
  })().catch((error: unknown) => note('caught', error));
  await turn();
  channel.receive(bytes('one'));
  await loop;
  await turn();
  note('after', stream.destroyed, stream.errored);
});

for (const error of [undefined, new Error('gone')]) {
  same(`for await over a stream that is destroyed ${error ? 'with' : 'without'} an error`, async (stream, channel, note) => {
    const loop = (async () => {
      for await (const chunk of stream) note('chunk', chunk);
    })().catch((thrown: unknown) => note('caught', thrown));
    await turn();
    channel.receive(bytes('one'));
    await turn();
    stream.destroy(error);
    await loop;
    note('after', stream.destroyed, stream.errored);
  });

  same(`for await over a stream that was destroyed before ${error ? 'with' : 'without'} an error`, async (stream, _channel, note) => {
    stream.on('error', () => {});
    stream.destroy(error);
    await turn();
    try {
      for await (const chunk of stream) note('chunk', chunk);
      note('ended');
    } catch (thrown) {
      note('caught', thrown);
    }
  });
}

same('a channel that fails ends for await with its error', async (stream, channel, note) => {
  const loop = (async () => {
    for await (const chunk of stream) note('chunk', chunk);
  })().catch((thrown: unknown) => note('caught', thrown));
  await turn();
  channel.fail(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  await loop;
  note('after', stream.destroyed, stream.errored);
});

same('iterator({ destroyOnReturn: false }) leaves the stream open', async (stream, channel, note) => {
  const loop = (async () => {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      note('chunk', chunk);
      break;
    }
  })();
  await turn();
  channel.receive(bytes('one'));
  await loop;
  note('after', stream.destroyed, stream.listenerCount('readable'));
  stream.on('data', (chunk: unknown) => note('data', chunk));
  channel.receive(bytes('two'));
  await turn();
  note('flowing', stream.readableFlowing);
});

same('iterator() refuses options that are none', (stream, _channel, note) => {
  try {
    stream.iterator(5 as never);
    note('taken');
  } catch (error) {
    note('thrown', error);
  }
  return Promise.resolve();
});

if (major !== 24) {
  same('for await destroys a half-open stream at its end', async (stream, channel, note) => {
    const loop = (async () => {
      for await (const chunk of stream) note('chunk', chunk);
    })();
    await turn();
    channel.receive(bytes('one'));
    channel.receiveEnd();
    await loop;
    note('after', stream.destroyed, stream.writable, stream.errored);
  });
}

// ---- finished, pipeline ----------------------------------------------------------------------------------------------

for (const [title, end] of [
  ['ends on both sides', (stream, channel) => { stream.end('last'); channel.finishShutdown(); channel.receiveEnd(); }],
  ['is destroyed', (stream) => { stream.destroy(); }],
  ['is destroyed with an error', (stream) => { stream.destroy(new Error('gone')); }],
  ['loses its channel', (_stream, channel) => { channel.fail(new Error('broken')); }],
  ['ends reading only', (_stream, channel) => { channel.receiveEnd(); }],
  ['ends writing only', (stream, channel) => { stream.end(); channel.finishShutdown(); }],
] as [string, (stream: Writable, channel: { finishShutdown(): void; receiveEnd(): void; fail(error: Error): void }) => void][]) {
  for (const options of [{}, { readable: false }, { writable: false }]) {
    same(`finished(${JSON.stringify(options)}) of a stream that ${title}`, async (stream, channel, note) => {
      stream.resume();
      finished(stream, options, (...args: unknown[]) => note('finished', ...args));
      await turn();
      end(stream, channel);
      await turn();
      await turn();
      note('after', stream.destroyed);
      finished(stream, options, (...args: unknown[]) => note('finished again', ...args));
      await turn();
    });
  }
}

same('pipeline from the stream into a transform and back', async (stream, channel, note) => {
  watch(stream, note);
  pipeline(stream, new PassThrough(), stream, (...args: unknown[]) => note('pipeline', ...args));
  await turn();
  channel.receive(bytes('echo'));
  await turn();
  channel.receiveEnd();
  await turn();
  channel.finishShutdown();
  await turn();
  await turn();
  note('left', Buffer.from(channel.written).toString(), stream.destroyed);
});

same('pipeline into a stream whose channel fails', async (stream, channel, note) => {
  const source = new PassThrough();
  channel.status = WRITE_PENDING;
  pipeline(source, stream, (...args: unknown[]) => note('pipeline', ...args));
  source.write('some');
  await turn();
  channel.fail(new Error('broken'));
  await turn();
  note('after', source.destroyed, stream.destroyed, stream.errored);
});

same('pipeline from a generator and into a consumer', async (stream, channel, note) => {
  const results = promises.pipeline(['a', 'b', 'c'], stream).then(() => note('written'));
  await turn();
  channel.finishShutdown();
  await results;
  const read = promises.pipeline(stream, async (source) => {
    for await (const chunk of source) note('read', chunk);
  }).then(() => note('all read'));
  await turn();
  channel.receive(bytes('x'));
  channel.receiveEnd();
  await read;
  note('left', Buffer.from(channel.written).toString());
});

same('an abort signal destroys the stream', async (stream, _channel, note) => {
  watch(stream, note);
  const controller = new AbortController();
  addAbortSignal(controller.signal, stream);
  controller.abort();
  await turn();
  note('after', stream.destroyed, stream.errored);
});

// ---- web streams -----------------------------------------------------------------------------------------------------

same('Readable.toWeb gives every chunk and the end', async (stream, channel, note) => {
  const reader = Readable.toWeb(stream).getReader();
  await turn();
  channel.receive(bytes('one'));
  note('read', (await reader.read()).value);
  channel.receive(bytes('two'));
  stream.end();
  channel.receiveEnd();
  note('read', (await reader.read()).value);
  channel.finishShutdown();
  note('done', (await reader.read()).done);
});

same('Readable.toWeb cancelled destroys the stream', async (stream, _channel, note) => {
  watch(stream, note, ['close']);
  stream.on('error', () => {});
  const reader = Readable.toWeb(stream).getReader();
  await reader.cancel(new Error('enough'));
  await turn();
  note('after', stream.destroyed);
});

same('Duplex.toWeb reads and writes', async (stream, channel, note) => {
  const { readable, writable } = NodeStream.toWeb(stream);
  const writer = writable.getWriter();
  await writer.write(bytes('out'));
  const reader = readable.getReader();
  await turn();
  channel.receive(bytes('in'));
  const { value } = (await reader.read()) as { value: unknown };
  note('read', value instanceof ArrayBuffer ? new Uint8Array(value) : value);
  // Which of these settle, and when, differs between the versions of Node.
  writer.close().then(() => note('closed'), (error: unknown) => note('not closed', error));
  await turn();
  channel.finishShutdown();
  await turn();
  channel.receiveEnd();
  reader.read().then(({ done }) => note('done', done), (error: unknown) => note('not done', error));
  await turn();
  await turn();
  note('left', Buffer.from(channel.written).toString(), stream.destroyed, stream.errored);
});

same('Writable.toWeb waits for drain', async (stream, channel, note) => {
  const writer = Writable.toWeb(stream).getWriter();
  channel.status = WRITE_PENDING;
  let done = false;
  const writing = writer.write(new Uint8Array(100)).then(() => (done = true));
  await turn();
  note('before', done);
  channel.status = WRITE_DONE;
  channel.settle();
  await writing;
  note('after', done);
}, { highWaterMark: 10 });

// ---- events and disposal ---------------------------------------------------------------------------------------------

same('events.once resolves, and rejects with the error', async (stream, channel, note) => {
  setImmediate(() => channel.receive(bytes('x')));
  note('data', ...((await once(stream, 'data')) as unknown[]));
  setImmediate(() => channel.fail(new Error('broken')));
  await once(stream, 'end').catch((error: unknown) => note('rejected', error));
});

same('captureRejections: a listener that rejects destroys the stream', async (stream, channel, note) => {
  watch(stream, note, ['error', 'close']);
  const rejecting = (): Promise<never> => Promise.reject(new Error('in a listener'));
  stream.on('data', rejecting as () => void);
  await turn();
  channel.receive(bytes('x'));
  await turn();
  note('after', stream.destroyed, stream.errored);
}, { captureRejections: true });

const dispose = (stream: NodeStream): Promise<void> => (stream as unknown as { [Symbol.asyncDispose](): Promise<void> })[Symbol.asyncDispose]();
for (const [title, before] of [
  ['an open stream', () => {}],
  ['a stream whose reading ended', (_stream, channel) => { channel.receiveEnd(); }],
  ['a stream that is done', (stream, channel) => { stream.end(); channel.finishShutdown(); channel.receiveEnd(); }],
  ['a stream that was destroyed', (stream) => { stream.destroy(); }],
  ['a stream that was destroyed with an error', (stream) => { stream.destroy(new Error('gone')); }],
] as [string, (stream: Writable, channel: { finishShutdown(): void; receiveEnd(): void }) => void][]) {
  for (const wait of [false, true]) {
    same(`asyncDispose of ${title}${wait ? ', later' : ''}`, async (stream, channel, note) => {
      stream.on('error', (error: unknown) => note('error', error));
      stream.resume();
      await turn();
      before(stream, channel);
      if (wait) await turn();
      await dispose(stream).then(() => note('disposed'), (error: unknown) => note('rejected', error));
      note('after', stream.destroyed, channel.closed, stream.errored);
    });
  }
}

// ---- what it takes from Node's streams ---------------------------------------------------------------------------------

/** Plays what is done with the bytes 'one', 'two' and the end. */
const operated = (title: string, use: (stream: NodeStream) => unknown): void => {
  same(title, async (given, channel, note) => {
    const stream = given as unknown as NodeStream;
    const result = Promise.resolve(use(stream)).then((value) => { note('result', value); }, (error: unknown) => { note('failed', error); });
    for (const text of ['one', 'two']) {
      await turn();
      channel.receive(bytes(text));
    }
    await turn();
    channel.receiveEnd();
    await result;
    await turn();
  });
};
const text = String as (chunk: unknown) => string;

operated('map and toArray', (stream) => stream.map(text).toArray());
operated('filter', (stream) => stream.filter((chunk) => text(chunk) === 'two').map(text).toArray());
operated('flatMap', (stream) => stream.flatMap((chunk) => text(chunk).split('n')).toArray());
operated('forEach', async (stream) => {
  const seen: string[] = [];
  await stream.forEach((chunk) => { seen.push(text(chunk)); });
  return seen;
});
operated('reduce', (stream) => stream.reduce((all: string, chunk) => all + text(chunk), ''));
operated('some', (stream) => stream.some((chunk) => text(chunk) === 'one'));
operated('every', (stream) => stream.every((chunk) => text(chunk) === 'one'));
operated('find', async (stream) => text(await stream.find((chunk) => text(chunk) === 'two')));
operated('take', (stream) => stream.take(1).map(text).toArray());
operated('drop', (stream) => stream.drop(1).map(text).toArray());
operated('compose', (stream) => (stream as Readable).compose(new PassThrough()).map(text).toArray());
operated('wrap', (stream) => {
  const old = new PassThrough();
  stream.wrap(old);
  old.end('wrapped');
  return stream.toArray().then((chunks) => Buffer.concat(chunks as Buffer[]).toString());
});
