import type { ChannelSink } from './channel.js';
import type { Duplex } from './duplex.js';
import { emitClosed } from './symbols.js';

/** Hears the end of a channel whose stream has started over. */
export class FormerLife implements ChannelSink {
  readonly #duplex: Duplex;
  readonly #failed: boolean;

  constructor(duplex: Duplex, failed: boolean) {
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
