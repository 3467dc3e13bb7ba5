import { Duplex, nextTick } from '../../src/index.js';
import { FakeChannel, turn } from './fake-channel.js';

/** Streams listen for the end of the process, and have since before this tick: in the tick in which they begin to, nothing gathers. */
export async function settled(): Promise<void> {
  const stream = new Duplex(new FakeChannel(), { clock: { nextTick } });
  for (const byte of 'AB') stream.write(byte);
  await turn();
}
