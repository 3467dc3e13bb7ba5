import { describe, expect, it } from 'vitest';
import { Log } from '../../src/logs/index.js';
import { keptLog, type Line } from '../support/start.js';

const client = { id: 'alice', subject: 'alice', address: '192.0.2.7' };
const to = { host: 'db.internal', port: 5432 };

/** A clock that is moved by hand: one timer. */
function clock() {
  let task: (() => void) | null = null;
  return {
    setTimeout: (given: () => void) => { task = given; return 1; },
    clearTimeout: () => { task = null; },
    over: () => { task?.(); },
  };
}

describe('a log', () => {
  it('has one line for each event, with who, where and why', () => {
    const { log: { events }, lines } = keptLog();
    events.notice!('nothing is allowed');
    events.carrierOpened!(client);
    events.streamOpened!(client, to, '10.0.0.5');
    events.streamRefused!(client, to, 'denied', 'denied by the rule');
    events.streamClosed!(client, to, { received: 1, sent: 2 });
    events.carrierClosed!(client, new Error('read ECONNRESET'), { received: 1, sent: 2 });
    events.carrierRefused!('192.0.2.8', 401, 'token', 'no token');
    expect(lines.map((line) => ({ ...line, time: '' }))).toMatchObject([
      { level: 'warn', event: 'notice', msg: 'nothing is allowed' },
      { level: 'info', event: 'carrier opened', client: 'alice', address: '192.0.2.7', msg: 'a client has connected' },
      { level: 'debug', event: 'stream opened', client: 'alice', address: '192.0.2.7', host: 'db.internal', port: 5432, to: '10.0.0.5', msg: 'a stream stands' },
      { level: 'warn', event: 'stream refused', client: 'alice', address: '192.0.2.7', host: 'db.internal', port: 5432, reason: 'denied', msg: 'denied by the rule' },
      { level: 'debug', event: 'stream closed', client: 'alice', address: '192.0.2.7', host: 'db.internal', port: 5432, received: 1, sent: 2, msg: 'a stream is gone' },
      { level: 'info', event: 'carrier closed', client: 'alice', address: '192.0.2.7', received: 1, sent: 2, error: 'read ECONNRESET', msg: 'a client is gone' },
      { level: 'warn', event: 'carrier refused', address: '192.0.2.8', status: 401, reason: 'token', msg: 'no token' },
    ]);
  });

  it('has what its level says', () => {
    const { log: { events }, lines } = keptLog('warn');
    events.carrierOpened!(client);
    events.streamOpened!(client, to, null);
    events.streamRefused!(client, null, 'limit', 'too many');
    expect(lines.map(({ event }) => event)).toEqual(['stream refused']);
  });

  it('is not flooded: the first lines of a kind are written, and the number of the others', () => {
    const lines: Line[] = [];
    const time = clock();
    const { events } = new Log('info', { write: (text: string) => { lines.push(JSON.parse(text) as Line); } }, time);
    for (let i = 0; i < 10_000; i++) events.streamRefused!(client, to, 'denied', 'no');
    events.carrierOpened!(client);
    expect(lines).toHaveLength(21);
    time.over();
    expect(lines.at(-1)).toMatchObject({ level: 'warn', event: 'stream refused', count: 9980, msg: 'more of the same, not logged one by one' });
    events.streamRefused!(client, to, 'denied', 'no');
    expect(lines).toHaveLength(23);
  });

  it('tells what it has left out before the program ends', async () => {
    const { log, lines } = keptLog();
    for (let i = 0; i < 25; i++) log.events.carrierRefused!(null, 401, 'token', 'no');
    await log.end();
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toMatchObject({ event: 'carrier refused', count: 5 });
  });

  it('has what clients choose on one line, and not all of it', () => {
    const lines: string[] = [];
    const { events } = new Log('info', { write: (text: string) => { lines.push(text); } });
    events.streamRefused!({ ...client, id: `a\n{"level":"fatal"}\u001b[2J${'x'.repeat(10_000)}` }, { host: 'y'.repeat(10_000), port: 1 }, 'unlisted', 'z'.repeat(10_000));
    expect(lines).toHaveLength(1);
    expect(lines[0].trimEnd()).not.toMatch(/[\n\u001b]/);
    expect(lines[0].length).toBeLessThan(1500);
  });
});
