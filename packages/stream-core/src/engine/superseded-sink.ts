import { emitClosed } from '../base/symbols.js';
import type { ChannelSink } from '../contract/channel.js';
import type { Stream } from '../contract/stream.js';

/** Takes the reports of a channel whose stream has started over on another: of those only the end becomes an event. */
export class SupersededSink implements ChannelSink {
  readonly #duplex: Stream;
  readonly #failed: boolean;

  constructor(duplex: Stream, failed: boolean) {
    this.#duplex = duplex;
    this.#failed = failed;
  }

  onData(): void {}
  onEnd(): void {}
  onWriteDone(): void {}
  onShutdownDone(): void {}
  onClose(): void {
    this.#duplex[emitClosed](this.#failed);
  }
}
