import { systemError, type ConnectSink, type NameEndpoint } from '@netstrata/transport';
import { LayerConnection } from '@netstrata/transport/layers';
import type { Judge } from './judge.js';

/** A connection to a name that was resolved at the far end: what address that gave is known, if at all, when it stands. */
export class JudgedName extends LayerConnection {
  readonly #judge: Judge;
  readonly #asked: NameEndpoint;

  constructor(sink: ConnectSink, judge: Judge, asked: NameEndpoint) {
    super(sink);
    this.#judge = judge;
    this.#asked = asked;
  }

  protected override connected(): void {
    const denied = this.#judge.reached(this.#asked, this.below!.remote);
    if (denied === null) this.opened();
    else this.fail(denied, 'abort');
  }

  /** Never: nothing is read before it is opened. */
  protected ended(): void {
    this.fail(systemError({ code: 'ECONNRESET', syscall: 'read' }));
  }
}
