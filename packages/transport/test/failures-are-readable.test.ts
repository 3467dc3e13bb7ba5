import { expect, it } from 'vitest';
import { channelCompliance, compliance } from '../src/compliance/index.js';
import { FaultyTransport } from './support/faulty-transport.js';
import { recordingRunner } from './support/recording-runner.js';
import type { Fault } from './support/faults.js';

let names = 0;

/** What a test of a transport with a fault fails with. */
async function failureOf(fault: Fault, title: string): Promise<Error> {
  const runner = recordingRunner();
  compliance(runner, { transport: new FaultyTransport(fault), listenEndpoint: () => ({ path: `readable-${++names}` }), timeoutMs: 250, largeBytes: 1 << 20, writeLimit: 1 << 22 });
  const { body } = runner.tests.find((one) => one.title.startsWith(title))!;
  return body().then(() => { throw new Error('it passed'); }, (error: unknown) => error as Error);
}

it('what does not come: the rule, the end, what was expected there and what came, with counts', async () => {
  const { message } = await failureOf('loses bytes', 'C3: large transfers');
  expect(message).toMatch(/^C3: the accepted end: expected 1048576 bytes within 250 ms, received data, writeDone x \d+ \(65536 bytes, 1048576 sent\)$/);
});

it('where nothing is waited for: what each end was told', async () => {
  const { message } = await failureOf('writes to nobody', 'S4: writing to a peer that is gone');
  expect(message).toMatch(/^S4: expected an end within 250 ms, received the listener: listening, connection; the dialling end: connect, writeDone x \d+ \(\d+ sent\); the accepted end: close$/);
});

it('what is another: one pair', async () => {
  expect((await failureOf('connects twice', 'T1: connect reports')).message).toBe('T1: the dialling end: events: expected ["connect", "data", "end"], received ["connect" x 2, "data", "end"]');
});

it('what comes at a wrong time', async () => {
  expect((await failureOf('ignores readStop', 'C9: after readStop')).message).toBe('C9: the accepted end: onData after readStop');
});

it('what is thrown: the rule that was tested, and the error as the cause', async () => {
  const error = await failureOf('throws in write', 'S4: writing to a peer that is gone');
  expect(error).toMatchObject({ message: 'S4: Error: write EPIPE was thrown', cause: { message: 'write EPIPE' } });
});

it('ends of pairs that nobody dialled are the first and the second', async () => {
  const runner = recordingRunner();
  const silent = () => ({ sink: null, bytesRead: 0, bytesWritten: 0, readStart() {}, readStop() {}, close() {}, abort() {} });
  channelCompliance(runner, { name: 'silent', capabilities: {} as never, pair: () => [silent(), silent()] as never, timeoutMs: 50 });
  await expect(runner.tests.find(({ title }) => title.startsWith('C12: close releases'))!.body()).rejects.toThrow('C12: the first end: expected close within 50 ms, received nothing');
});
