import { Duplex, type DuplexOptions } from '../../src/index.js';
import { FakeChannel } from './fake-channel.js';
import { NodeDuplex } from './node-duplex.js';
import { show } from './scenario.js';

export type Note = (what: string, ...values: unknown[]) => void;
export type Play = (stream: NodeDuplex, channel: FakeChannel, note: Note) => Promise<void>;

/** Plays the same on a stream of ours and on Node's; gives what each noted. */
export async function playBoth(play: Play, options: DuplexOptions = {}): Promise<{ ours: string[]; node: string[] }> {
  const played: string[][] = [];
  for (const make of [
    (channel: FakeChannel) => new Duplex(channel, options) as unknown as NodeDuplex,
    (channel: FakeChannel) => new NodeDuplex(channel, options),
  ]) {
    const notes: string[] = [];
    const channel = new FakeChannel();
    const stream = make(channel);
    await play(stream, channel, (what, ...values) => notes.push([what, ...values.map(show)].join(' ')));
    played.push(notes);
  }
  return { ours: played[0], node: played[1] };
}

/** Notes the events of a stream as they come. */
export function watch(stream: NodeDuplex, note: Note, events = ['error', 'end', 'finish', 'close', 'drain']): void {
  for (const event of events) stream.on(event, (...args: unknown[]) => note(event, ...args));
}
