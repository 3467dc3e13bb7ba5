import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import { logged, type Entry } from '../src/index.js';
import { exchange } from './support/exchange.js';

it('tells all that happens, in order, with the bytes', async () => {
  const entries: string[] = [];
  const log = (entry: Entry): void => {
    const more = 'bytes' in entry ? ` ${Buffer.from(entry.bytes).toString()}` : 'error' in entry ? ` ${entry.error?.message ?? ''}` : '';
    entries.push(`${entry.connection} ${entry.event}${more}`.trim());
  };
  await exchange(logged(tcp, log), tcp, ['hello']);
  expect(entries.slice(0, 2)).toEqual(['1 dial', '1 connect']);
  expect(entries.at(-1)).toBe('1 close');
  expect([...entries].sort()).toEqual(['1 close', '1 connect', '1 dial', '1 end', '1 read bye', '1 shutdown', '1 write hello']);
  expect(entries.indexOf('1 write hello')).toBeLessThan(entries.indexOf('1 shutdown'));
  expect(entries.indexOf('1 read bye')).toBeLessThan(entries.indexOf('1 end'));
});

it('tells why a connection failed', async () => {
  const entries: Entry[] = [];
  const transport = logged(tcp, (entry) => void entries.push(entry));
  const [, error] = await new Promise<unknown[]>((resolve) => {
    const onClose = (...args: unknown[]): void => resolve([null, ...args]);
    transport.connect({ address: '127.0.0.1', port: 1, family: 'IPv4' }, { onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose });
  });
  expect(entries).toEqual([{ connection: 1, event: 'dial' }, { connection: 1, event: 'close', error }]);
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});
