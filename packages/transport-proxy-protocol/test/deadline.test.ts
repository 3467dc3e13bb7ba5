import { execFile } from 'node:child_process';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import { proxyProtocol, type ProxyProtocolOptions, type RefusalReason } from '../src/index.js';
import { CLIENT, dialled, Intake, LINE, openLab, options } from './support/lab.js';

/** A clock that is wound by hand. */
class Clock {
  readonly timers: { readonly task: () => void; readonly milliseconds: number }[] = [];
  #tell = (): void => {};

  setTimeout(task: () => void, milliseconds: number): object {
    const timer = { task, milliseconds };
    this.timers.push(timer);
    this.#tell();
    return timer;
  }

  async until(count: number): Promise<void> {
    while (this.timers.length < count) await new Promise<void>((resolve) => (this.#tell = resolve));
  }

  clearTimeout(timer: unknown): void {
    this.timers.splice(this.timers.indexOf(timer as Clock['timers'][number]) >>> 0, 1);
  }

  fire(): number {
    const { task, milliseconds } = this.timers.shift()!;
    task();
    return milliseconds;
  }
}

it('the deadline is by the clock that was given, and ends with the header or the connection', async () => {
  const clock = new Clock();
  const lab = await openLab(options({ clock, timeout: 700 }));
  await dialled(lab);
  await dialled(lab);
  await clock.until(2);
  expect(clock.fire() + clock.timers.at(-1)!.milliseconds).toBe(700);
  (await dialled(lab)).send(LINE);
  await lab.intake.next(0);
  expect(clock.timers.length).toBe(2);
  clock.fire();
  clock.fire();
  expect((await lab.refused()).reason).toBe('timeout');
  lab.intake.listener.close();
  expect(clock.timers).toEqual([]);
});

/** A program of another process connects, and sends this at once. */
function connectElsewhere(port: number, text: string): void {
  const program = `require('net').connect(${port}, '127.0.0.1').on('error', () => {}).end(${JSON.stringify(text)})`;
  execFile(process.execPath, ['-e', program], () => {});
}

const busy = (milliseconds: number): void => {
  for (const until = Date.now() + milliseconds; Date.now() < until;);
};

it.each(['required', 'optional'] as const)('a header that has come while the program was busy for longer than the deadline is taken (%s)', async (accept) => {
  const refusals: RefusalReason[] = [];
  const given: ProxyProtocolOptions = {
    accept, timeout: 200, onRefused: ({ reason }) => refusals.push(reason),
    trust: { allow: [], deny: [], default: 'deny', check() {
      // Timers of this connection are set by then.
      queueMicrotask(() => busy(600));
      return { allowed: true, rule: null };
    } },
  };
  const intake = new Intake();
  intake.listener = proxyProtocol(tcp, given).listen!({ address: '127.0.0.1', port: 0, family: 'IPv4' }, intake);
  await intake.listening;
  connectElsewhere((intake.listener.local as { port: number }).port, `${LINE}data`);
  const end = await intake.next(0);
  expect([end.connection.remote, refusals]).toEqual([CLIENT, []]);
  await end.received('data');
  end.connection.close();
  intake.listener.close();
});
