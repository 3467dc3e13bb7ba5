import { once } from 'node:events';
import type { Socket } from '@netstrata/net-compat/core';
import { afterAll, describe, expect, it } from 'vitest';
import { contentOf } from '../src/content.js';
import { grounds } from '../src/grounds.js';
import { listen, pair } from '../src/pair.js';

const { all, remove } = grounds();
afterAll(remove);

const moved = (bytes: Uint8Array): ArrayBuffer => structuredClone(bytes.buffer as ArrayBuffer, { transfer: [bytes.buffer as ArrayBuffer] });
/** A view that follows its memory, of at most a thousand bytes. */
const resizable = (size: number): { bytes: Uint8Array; resize: (size: number) => void } => {
  const memory = new (ArrayBuffer as unknown as new (size: number, options: object) => ArrayBuffer & { resize(size: number): void })(size, { maxByteLength: 1000 });
  return { bytes: new Uint8Array(memory), resize: (to) => memory.resize(to) };
};

/** The error that a socket ends with, or null when it just closes. */
function errorOf(socket: { once(event: string, listener: (error: Error) => void): unknown }): Promise<{ code?: string } | null> {
  return new Promise((resolve) => {
    socket.once('error', (error) => resolve(error as { code?: string }));
    socket.once('close', () => resolve(null));
  });
}

describe.each(Object.keys(all))('over %s', (name) => {
  it.each([
    ['detached', (bytes: Uint8Array) => void moved(bytes)],
    ['made smaller', null],
  ])('a socket whose waiting bytes were %s ends with ERR_INVALID_STATE, and what comes before them arrives', async (_way, take) => {
    const { client, server, end } = await pair(all[name]);
    const error = errorOf(client);
    const told: (string | undefined)[] = [];
    let sent = 0;
    // The peer does not read: at some point nothing more is taken, and all the rest waits.
    while (!client.writableNeedDrain) {
      client.write(Buffer.from(contentOf(0, sent, 400_000)));
      sent += 400_000;
    }
    client.write(Buffer.from(contentOf(0, sent, 1000)));
    sent += 1000;
    const { bytes, resize } = resizable(1000);
    const gone = take === null ? bytes : new Uint8Array(1000);
    client.write(gone, (failed) => told.push((failed as { code?: string } | null)?.code));
    client.write('behind', (failed) => told.push((failed as { code?: string } | null)?.code));
    if (take === null) resize(1);
    else take(gone);
    let received = 0;
    let isRight = true;
    server.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; at += 100_000) {
        const piece = chunk.subarray(at, at + 100_000);
        isRight &&= contentOf(0, received + at, piece.length).equals(piece);
      }
      received += chunk.length;
    });
    server.on('error', () => {});
    server.resume();
    expect((await error)?.code).toBe('ERR_INVALID_STATE');
    expect(told).toEqual(['ERR_INVALID_STATE', 'ERR_INVALID_STATE']);
    if (!server.readableEnded) await Promise.race([once(server, 'end'), once(server, 'close')]);
    expect([received, isRight]).toEqual([sent, true]);
    await end();
  });

  it.each<[string, () => unknown, string]>([
    ['an object that only inherits from Uint8Array', () => Object.create(Uint8Array.prototype, { length: { value: 3 } }) as unknown, 'ERR_INVALID_ARG_TYPE'],
    ['an object that only inherits from Buffer', () => Object.create(Buffer.prototype as object, { length: { value: 3 }, byteLength: { value: 3 } }) as unknown, 'ERR_INVALID_ARG_TYPE'],
    ['a proxy of a Uint8Array', () => new Proxy(new Uint8Array(3), {}), 'ERR_INVALID_ARG_TYPE'],
    ['a Uint8Array whose memory is elsewhere', () => { const bytes = new Uint8Array(3); moved(bytes); return bytes; }, 'ERR_INVALID_STATE'],
    ['a Buffer whose memory is elsewhere', () => { const bytes = Buffer.from(new Uint8Array(3).buffer); moved(bytes); return bytes; }, 'ERR_INVALID_STATE'],
    ['a DataView whose memory is elsewhere', () => { const bytes = new DataView(new ArrayBuffer(3)); structuredClone(bytes.buffer, { transfer: [bytes.buffer] }); return bytes; }, 'ERR_INVALID_STATE'],
    ['a view that its memory does not reach any more', () => { const { bytes, resize } = resizable(30); const part = bytes.subarray(10, 20); resize(1); return part; }, 'ERR_INVALID_STATE'],
  ])('%s is refused, alone, corked, within a tick and as the last', async (_what, make, code) => {
    const { client, server, end } = await pair(all[name]);
    const refused: unknown = expect.objectContaining({ code });
    const attempt = (task: () => unknown): unknown => {
      try {
        return task();
      } catch (error) {
        return error;
      }
    };
    expect(attempt(() => client.write(make() as Uint8Array))).toEqual(refused);
    client.write('<');
    expect(attempt(() => client.write(make() as Uint8Array))).toEqual(refused);
    client.cork();
    client.write('-');
    expect(attempt(() => client.write(make() as Uint8Array))).toEqual(refused);
    client.uncork();
    expect(attempt(() => client.end(make() as Uint8Array))).toEqual(refused);
    client.end('>');
    let text = '';
    server.setEncoding('utf8').on('data', (piece: string) => (text += piece)).resume();
    await once(server, 'end');
    expect(text).toBe('<->');
    await end();
  });

  it('what is written is what the language says of it, at once, within a tick, corked and as the last', async () => {
    const { client, server, end } = await pair(all[name]);
    const memory = Buffer.from('secret<five>secret');
    const lies = { length: 18, byteLength: 18, byteOffset: 0, buffer: new Uint8Array(18).buffer };
    const liars = Object.entries(lies).flatMap(([key, value]) =>
      [new Uint8Array(memory.buffer, memory.byteOffset + 6, 6), memory.subarray(6, 12)].map((bytes) => Object.defineProperty(bytes, key, { value })));
    for (const liar of liars) {
      client.write(liar);
      client.write(liar);
      client.cork();
      client.write(liar);
      client.write(liar);
      client.uncork();
      await new Promise(setImmediate);
    }
    client.end(liars[0]);
    let text = '';
    server.setEncoding('utf8').on('data', (piece: string) => (text += piece)).resume();
    await once(server, 'end');
    expect(text).toBe('<five>'.repeat(liars.length * 4 + 1));
    await end();
  });

  it('what is written while there is no connection yet leaves as it was written, up to the first that is gone', async () => {
    const listener = all[name].net.createServer();
    const where = await listen(listener, all[name].place());
    const arrived = new Promise<string>((resolve) => {
      listener.on('connection', (socket: Socket) => {
        let text = '';
        socket.on('error', () => {}).on('data', (chunk) => (text += String(chunk))).on('close', () => resolve(text));
      });
    });
    const client = all[name].net.connect(where);
    const error = errorOf(client);
    const { bytes: grown, resize } = resizable(6);
    grown.set(Buffer.from('<five>'));
    const gone = new Uint8Array(10);
    client.write(grown);
    client.write('more');
    client.write(gone);
    client.write('behind');
    resize(1000);
    moved(gone);
    expect((await error)?.code).toBe('ERR_INVALID_STATE');
    expect(await arrived).toBe('<five>more');
    await new Promise<void>((resolve) => {
      listener.close(() => resolve());
    });
  });

  it('an onread buffer does not see where the bytes come from', async () => {
    const shown: unknown[] = [];
    const buffer = Buffer.alloc(100);
    for (const key of ['set', 'subarray', 'constructor']) Object.defineProperty(buffer, key, { value: (...args: unknown[]) => shown.push(...args) });
    const { client, server, end } = await pair(all[name], { onread: { buffer, callback: () => client.emit('filled') } });
    for (let i = 0; i < 20; i++) {
      const filled = once(client, 'filled');
      server.write('hello');
      await filled;
    }
    expect([shown, buffer.toString('latin1', 0, 5)]).toEqual([[], 'hello']);
    await end();
  });

  it.each([
    ['detached', (bytes: Uint8Array) => void moved(bytes)],
    ['made smaller', null],
  ])('a socket whose onread buffer was %s ends with ERR_INVALID_STATE', async (_way, take) => {
    const { bytes, resize } = resizable(100);
    const buffer = take === null ? bytes : new Uint8Array(100);
    const { client, server, end } = await pair(all[name], { onread: { buffer, callback: () => { throw new Error('told of bytes that are nowhere'); } } });
    const error = errorOf(client);
    if (take === null) resize(1);
    else take(buffer);
    server.write('hello');
    expect((await error)?.code).toBe('ERR_INVALID_STATE');
    await end();
  });

  it('a pool that was given away all the same is replaced, and what waits is not lost with it', async () => {
    const { client, server, end } = await pair(all[name], { pooledReads: true });
    const seen: Buffer[] = [];
    // Its reads have to be short for some time before they come from a pool.
    for (let i = 0; i < 20; i++) {
      server.write('-');
      await once(client, 'data');
    }
    client.on('data', (chunk: Buffer) => {
      seen.push(Buffer.from(chunk));
      try {
        (chunk.buffer as ArrayBuffer & { transfer?: () => void }).transfer?.();
      } catch {
        // It is marked, and the runtime minds.
      }
    });
    server.write('one,');
    await once(client, 'data');
    server.write('two,');
    await once(client, 'data');
    client.pause();
    server.write('three,');
    await once(client, 'readable').catch(() => {});
    client.resume();
    server.end('four');
    await once(client, 'end');
    expect(Buffer.concat(seen).toString()).toBe('one,two,three,four');
    await end();
  });
});
