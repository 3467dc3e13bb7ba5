import { PassThrough, type Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { reader } from '../../src/reader/index.js';
import { errorOf, kinds, turn } from './support.js';

const EVENTS = ['readable', 'end', 'error', 'close', 'data'];

describe.each(Object.entries(kinds))('of %s', (_kind, make) => {
  it.each(['before the end', 'after the end'])('gives back what was read too far, %s', async (when) => {
    const { stream, write, end } = make();
    const before = EVENTS.map((event) => stream.listenerCount(event));
    const r = reader(stream);
    write('line\nrest');
    expect(await r.readLine()).toBe('line');
    if (when === 'after the end') {
      end();
      await turn();
      await turn();
    }
    r.release();
    r.release();
    expect(EVENTS.map((event) => stream.listenerCount(event))).toEqual(before);
    const chunks: Buffer[] = [];
    const ended = new Promise((resolve) => { stream.once('end', resolve as () => void); });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    if (when !== 'after the end') {
      await turn();
      write(' and more');
      end();
    }
    await ended;
    expect(String(Buffer.concat(chunks))).toBe(when === 'after the end' ? 'rest' : 'rest and more');
    // Each is the whole of memory of its own.
    expect(chunks[0].buffer.byteLength).toBe(chunks[0].length);
  });

  it('the stream can be piped in the same tick', async () => {
    const { stream, write, end } = make();
    const r = reader(stream);
    write('CONNECT\r\n\r\nfrom here on');
    await r.readUntil('\r\n\r\n');
    r.release();
    const to = new PassThrough();
    (stream as unknown as Readable).pipe(to);
    end();
    let text = '';
    for await (const chunk of to) text += String(chunk);
    expect(text).toBe('from here on');
  });

  it('a stream that was paused stays so until it is resumed', async () => {
    const { stream, write } = make();
    stream.pause();
    const r = reader(stream);
    write('line\nrest');
    await r.readLine();
    r.release();
    await turn();
    expect([stream.isPaused(), stream.readableFlowing]).toEqual([true, false]);
    const chunks: unknown[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
    await turn();
    expect(chunks).toEqual([]);
    stream.resume();
    await turn();
    expect(chunks).toEqual(['rest']);
  });

  it('a stream that was flowing flows again', async () => {
    const { stream, write } = make();
    stream.resume();
    await turn();
    const r = reader(stream);
    await turn();
    write('line\nrest');
    await r.readLine();
    r.release();
    await turn();
    expect([stream.readableFlowing, stream.readableLength]).toEqual([true, 0]);
  });

  it('a stream that nobody had touched is as it was: the first listener makes it flow', async () => {
    const { stream, write } = make();
    const r = reader(stream);
    write('rest');
    await r.peek(1);
    r.release();
    await turn();
    expect(stream.readableFlowing).toBe(null);
    const chunks: unknown[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
    await turn();
    expect(chunks).toEqual(['rest']);
  });

  it('reads that wait, and later ones, are refused', async () => {
    const { stream } = make();
    const r = reader(stream);
    const waiting = [errorOf(r.read()), errorOf(r.lines().next())];
    r.release();
    const errors = await Promise.all([...waiting, errorOf(r.readLine()), errorOf(r.frames().next())]);
    expect(errors.map((error) => error['code'])).toEqual(Array(4).fill('ERR_READER_RELEASED'));
  });

  it('what cannot be given back stays to be had', async () => {
    const { stream, write } = make();
    const r = reader(stream);
    write('line\nrest');
    await r.readLine();
    stream.destroy();
    await turn();
    r.release();
    expect(String(r.bytes.release())).toBe('rest');
  });

  it('another reader reads on', async () => {
    const { stream, write, end } = make();
    write('a\nb\nc');
    const lines: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const r = reader(stream);
      lines.push(await r.readLine());
      r.release();
    }
    end();
    await turn();
    lines.push(String(await reader(stream).read()));
    expect(lines).toEqual(['a', 'b', 'c']);
  });
});
