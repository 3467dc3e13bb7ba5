import { WRITE_DONE, type WriteStatus } from '@netstrata/stream-core';
import type { ConnectSink, Transport } from '@netstrata/transport';
import { Wrapped } from '../../src/wrapped.js';
import { wrapTransport } from '../../src/wrap-transport.js';

/** What somebody in the middle makes of the frames that one end has sealed: the salt is number 0. */
export type Tamper = (frame: Uint8Array, number: number) => Uint8Array[];

export const untouched: Tamper = (frame) => [frame];

/** A transport with somebody in the middle, who changes what the end that dialled sends, or the other. */
export function tampered(inner: Transport, dialler: Tamper, accepted: Tamper = untouched): Transport {
  return wrapTransport('tampered', inner, (dialling) => new Tampered(dialling, dialling ? dialler : accepted));
}

class Tampered extends Wrapped {
  readonly #tamper: Tamper;
  #frames = 0;

  constructor(dialling: ConnectSink | null, tamper: Tamper) {
    super(dialling);
    this.#tamper = tamper;
  }

  override writev(frames: readonly Uint8Array[]): WriteStatus {
    const changed = frames.flatMap((frame) => this.#tamper(frame, this.#frames++));
    return changed.length > 0 ? super.writev(changed) : WRITE_DONE;
  }
}
