import type { Endpoint, InetEndpoint } from '@netstrata/transport';
import { tellNative, type Accepting } from '@netstrata/transport/layers';
import type { Settings } from '../options/socks-options.js';
import type { Place } from '../wire/address.js';
import type { Dialogue, Granted, Refused } from '../wire/dialogue.js';
import { dialable, ProxyConnection } from './proxy-connection.js';

/** How long a proxy may take to stop listening. */
const RELEASE_MS = 2000;
/** A proxy that is gone while nobody connects is noticed so. */
const KEEP_ALIVE_MS = 60_000;

/** Who has asked for it. */
export interface Binding extends Accepting {
  /** The proxy listens: the first reply. */
  bound(local: InetEndpoint): void;
}

/** Why BIND is refused, where there is another word for it in `connect`. What is there to say that a port is taken differs by server. */
const TAKEN: readonly string[] = ['ECONNREFUSED', 'ECONNABORTED'];

/** One BIND: it stands when somebody has connected to the address that the proxy listens on. */
export class Bound extends ProxyConnection {
  readonly #binding: Binding;
  readonly #wished: Place;
  #local: InetEndpoint | null = null;
  #remote: InetEndpoint | null = null;
  #isLeaving = false;
  /** What has gone wrong. */
  reason: Error | null = null;

  constructor(binding: Binding, wished: Place, dialogue: Dialogue, settings: Settings) {
    super(binding, 'listen', wished, dialogue, settings);
    this.#binding = binding;
    this.#wished = wished;
  }

  override get local(): Endpoint | null {
    return this.isOpen ? this.#local : null;
  }

  override get remote(): Endpoint | null {
    return this.isOpen ? this.#remote : null;
  }

  /** Ends it so that the proxy has stopped listening when it is gone. */
  leave(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    // It has failed, and is on its way out.
    if (!this.isWanted) return;
    if (this.below === null || !this.hasReached) {
      this.close();
      return;
    }
    this.timeout.start(RELEASE_MS, () => { this.close(); });
    if (this.#local !== null) this.below.shutdown();
  }

  protected override granted({ bound }: Granted): boolean {
    if (this.#local === null) return this.#listens(bound);
    if (this.#isLeaving) {
      this.abort();
      return false;
    }
    this.#remote = dialable(bound);
    this.below!.setKeepAlive?.(false, 0);
    tellNative(this.below!.native, { local: this.#local, remote: this.#remote });
    this.done();
    return false;
  }

  #listens(bound: InetEndpoint | null): boolean {
    if (bound === null || bound.port === 0) {
      this.fail(this.errorOf({ code: 'EPROTO' }));
      return false;
    }
    this.#local = bound;
    if (this.#isLeaving) {
      this.below!.shutdown();
      return true;
    }
    this.timeout.stop();
    this.below!.setKeepAlive?.(true, KEEP_ALIVE_MS);
    this.#binding.bound(bound);
    return true;
  }

  protected override errorOf(refused: Refused): Error {
    const isTaken = TAKEN.includes(refused.code) && this.#wished.port !== 0 && refused.text === undefined;
    return super.errorOf(isTaken ? { ...refused, code: 'EADDRINUSE' } : refused);
  }

  protected override ended(): void {
    if (this.#isLeaving) this.close();
    else super.ended();
  }

  protected override fail(error: Error): void {
    this.reason ??= error;
    super.fail(error);
  }

  protected override failure(error: Error): Error {
    this.reason ??= super.failure(error);
    return this.reason;
  }
}
