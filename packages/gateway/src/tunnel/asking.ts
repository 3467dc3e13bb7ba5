import { isError } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink } from '@netstrata/transport';
import { LayerConnection, Timeout, type Timers } from '@netstrata/transport/layers';

/** A token, or who has one: it is asked at each dial of a carrier, as tokens expire. */
export type TokenSource = string | (() => string | PromiseLike<string>);

export type DialWithToken = (token: string | undefined, sink: ConnectSink) => Connection;

/** A carrier that waits for its token first. */
export class Asking extends LayerConnection {
  readonly #timeout: Timeout;

  constructor(sink: ConnectSink, timers: Timers) {
    super(sink);
    this.#timeout = new Timeout(timers);
  }

  start(source: () => string | PromiseLike<string>, dial: DialWithToken, milliseconds: number): this {
    const late = systemError({ code: 'ETIMEDOUT', syscall: 'connect', text: 'no token came' });
    this.#timeout.start(milliseconds, () => { this.#failed(late); });
    // What it throws is as what it rejects with.
    new Promise<unknown>((resolve) => { resolve(source()); }).then(
      (token) => { this.#dial(token, dial); },
      (error: unknown) => { this.#failed(refusal(error)); },
    );
    return this;
  }

  #dial(token: unknown, dial: DialWithToken): void {
    this.#timeout.stop();
    if (!this.isWanted) return;
    if (typeof token !== 'string' || token === '') {
      this.#failed(refusal(new TypeError('options.token gave no text')));
      return;
    }
    try {
      this.attach(dial(token, this));
    } catch (error) {
      this.#failed(error as Error);
    }
  }

  #failed(error: Error): void {
    this.#timeout.stop();
    this.fail(error);
  }

  protected override connected(): void {
    this.opened();
  }

  protected override ended(): void {}

  protected override stopped(): void {
    this.#timeout.stop();
  }
}

/** Who has no token is not let in. */
function refusal(cause: unknown): Error {
  const error = systemError({ code: 'EACCES', syscall: 'connect', text: 'there is no token for the gateway' });
  return isError(cause) ? Object.assign(error, { cause }) : error;
}
