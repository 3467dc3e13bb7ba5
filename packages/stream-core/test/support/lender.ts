import type { ChannelSink } from '../../src/index.js';
import { FakeChannel } from './fake-channel.js';

/** A channel that lends what it receives, out of a buffer that it reads into again and again. */
export class Lender extends FakeChannel {
  buffer = new Uint8Array(64);
  /** What the sink said to each offer. */
  readonly answers: unknown[] = [];

  lend(bytes: Uint8Array): void {
    if (!this.reading) throw new Error('not reading');
    const sink: ChannelSink = this.sink!;
    this.bytesRead += bytes.length;
    this.buffer.set(bytes);
    const chunk = this.buffer.subarray(0, bytes.length);
    const wanted = sink.wantsBorrowed === 'briefly' || sink.wantsBorrowed === 'while-stopped';
    const answer = wanted ? sink.onBorrowed!(chunk) : false;
    if (wanted) this.answers.push(answer);
    if (!answer) sink.onData(Uint8Array.from(chunk));
    if (this.reading) this.buffer.fill(0xee);
  }
}
