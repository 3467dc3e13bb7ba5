import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reader } from '../../src/reader/index.js';
import { errorOf, kinds, turn } from './support.js';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

describe.each(Object.entries(kinds))('of %s', (_kind, make) => {
  it('a read waits as long as its timeout says, and the next one gets what came', async () => {
    const { stream, write } = make();
    const r = reader(stream, { timeout: 1000 });
    const failed = errorOf(r.readLine());
    const longer = r.readExactly(3, { timeout: 5000 });
    write('ab');
    await turn();
    vi.advanceTimersByTime(999);
    vi.advanceTimersByTime(1);
    expect((await failed)['code']).toBe('ERR_READER_TIMEOUT');
    write('c\n');
    await turn();
    expect(String(await longer)).toBe('abc');
    expect(await r.readLine()).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('one that is given up lets the next one have what is there', async () => {
    const { stream, write } = make();
    const r = reader(stream);
    const failed = errorOf(r.readExactly(10, { timeout: 100 }));
    const next = r.readExactly(2);
    write('ab');
    await turn();
    vi.advanceTimersByTime(100);
    expect((await failed)['code']).toBe('ERR_READER_TIMEOUT');
    expect(String(await next)).toBe('ab');
  });

  it('an aborted signal ends a read with an AbortError, and nothing is lost', async () => {
    const { stream, write } = make();
    const ofReader = new AbortController();
    const ofCall = new AbortController();
    const r = reader(stream, { signal: ofReader.signal });
    const failed = errorOf(r.readLine({ signal: ofCall.signal }));
    write('part');
    await turn();
    ofCall.abort('because');
    expect(await failed).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: 'because' });
    expect([ofCall, ofReader].map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([0, 0]);
    expect(await errorOf(r.read({ signal: ofCall.signal }))).toMatchObject({ code: 'ABORT_ERR' });
    const lines = r.lines();
    const next = lines.next();
    write('ly\n');
    expect(await next).toEqual({ done: false, value: 'partly' });
    const waiting = errorOf(lines.next());
    ofReader.abort();
    expect(await waiting).toMatchObject({ code: 'ABORT_ERR' });
    expect(await errorOf(r.read())).toMatchObject({ code: 'ABORT_ERR' });
    expect(getEventListeners(ofReader.signal, 'abort').length).toBe(0);
  });

  it('leaves neither timers nor listeners of signals behind', async () => {
    const { stream, write } = make();
    const { signal } = new AbortController();
    const r = reader(stream, { timeout: 10, signal });
    const reads = [r.readLine(), r.readLine(), errorOf(r.readLine())];
    write('a\nb\n');
    await reads[1];
    expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([1, 1]);
    r.release();
    await reads[2];
    expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([0, 0]);
  });
});
