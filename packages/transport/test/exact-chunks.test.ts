import { describe, expect, it } from 'vitest';
import { compliance } from '../src/compliance/index.js';
import { FaultyTransport } from './support/faulty-transport.js';
import { recordingRunner } from './support/recording-runner.js';

let names = 0;

/** What the suite says of a transport that cuts its chunks from memory that all connections share. */
async function saidOf(rule: string, exactChunks: boolean): Promise<string[]> {
  const runner = recordingRunner();
  const listenEndpoint = () => ({ path: `cutting-${++names}` });
  compliance(runner, { transport: new FaultyTransport('cuts chunks from one buffer'), listenEndpoint, timeoutMs: 250, largeBytes: 1 << 20, exactChunks });
  const messages: string[] = [];
  for (const { body } of runner.tests.filter(({ title }) => title.startsWith(`${rule}:`))) {
    await body().catch((error: unknown) => messages.push((error as Error).message));
  }
  return messages;
}

describe('chunks that are parts of memory that others have too', () => {
  it('are no whole ArrayBuffers', async () => {
    expect(await saidOf('S1', true)).toContainEqual(expect.stringMatching(/^S1: the accepted end: expected the whole of an ArrayBuffer, received \d+ bytes at \d+ of \d+$/));
  });

  it('take each other along when they are given away, also where they need not be whole', async () => {
    expect(await saidOf('S1', false)).toContainEqual(expect.stringMatching(/^S1: [a-z ]+(?: \d)?: the bytes of the chunk at \d+ are gone$/));
    expect(await saidOf('S8', false)).toContainEqual(expect.stringMatching(/^S8: [a-z ]+(?: \d)?: the bytes of the chunk at \d+ are gone$/));
  });
});
