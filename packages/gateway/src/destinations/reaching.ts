import { inetEndpoint, isSystemError, systemError, type Connection, type ConnectSink, type Transport } from '@netstrata/transport';
import { Timeout, type Timers } from '@netstrata/transport/layers';
import type { NameJudge, Verdict } from '../rules/judge.js';

/** How destinations are dialled: the same for all. */
export interface Dialler {
  readonly over: Transport;
  /** Milliseconds for looking up a name, and again for connecting to one of its addresses. */
  readonly dialTimeout: number;
  readonly timers: Timers;
}

/** Who wants a connection. One of the three comes, once; not inside `start`. */
export interface Wanting {
  reached(connection: Connection): void;
  unreachable(error: Error): void;
  /** None of the addresses of a name may be dialled. */
  forbidden(verdict: Verdict): void;
}

/** Asks for the addresses of a name: the answer comes once. */
type LookUp = (host: string, answer: (error: Error | null, addresses: string[]) => void) => void;

/**
 * The way to a destination: a name is looked up, each of its addresses is judged, and those that are allowed are tried in turn, exactly as
 * they were judged. What connects is the caller's, nothing else stays.
 */
export class Reaching implements ConnectSink {
  readonly #dialler: Dialler;
  readonly #port: number;
  #wanting: Wanting | null;
  #addresses: string[] = [];
  #connection: Connection | null = null;
  readonly #timeout: Timeout;
  /** What is left of the time for all addresses. */
  #left: number;
  #error: Error | null = null;

  constructor(dialler: Dialler, port: number, wanting: Wanting) {
    this.#dialler = dialler;
    this.#port = port;
    this.#wanting = wanting;
    this.#left = dialler.dialTimeout;
    this.#timeout = new Timeout(dialler.timers);
  }

  /** Nobody wants it any more. */
  cancel(): void {
    this.#wanting = null;
    this.#leave();
  }

  toAddress(address: string): void {
    this.#addresses = [address];
    this.#soon(() => { this.#next(); });
  }

  toName(host: string, judge: NameJudge, lookUp: LookUp): void {
    if (judge.addresses !== null) {
      this.#soon(() => { this.#judge(judge.addresses!, judge); });
      return;
    }
    this.#timeout.start(this.#left, () => { this.#end(notFound(host, systemError({ code: 'ETIMEDOUT', syscall: 'getaddrinfo' }))); });
    this.#soon(() => {
      lookUp(host, (error, addresses) => {
        if (this.#wanting === null) return;
        this.#timeout.stop();
        if (error !== null || addresses.length === 0) this.#end(notFound(host, error));
        else this.#judge(addresses, judge);
      });
    });
  }

  /** What is wanted by then. */
  #soon(task: () => void): void {
    queueMicrotask(() => {
      if (this.#wanting !== null) task();
    });
  }

  #judge(addresses: readonly string[], judge: NameJudge): void {
    let why: Verdict | null = null;
    for (const address of addresses) {
      const verdict = judge.ledTo(address);
      if (verdict === null) this.#addresses.push(address);
      // A rule that denies says more than that none allows.
      else if (why === null || why.reason === 'unlisted') why = verdict;
    }
    if (this.#addresses.length > 0) this.#next();
    else this.#take()!.forbidden(why!);
  }

  #next(): void {
    const { over } = this.#dialler;
    const share = Math.ceil(this.#left / Math.max(1, this.#addresses.length));
    const address = this.#addresses.shift();
    if (address === undefined) {
      this.#end(this.#error!);
      return;
    }
    const endpoint = inetEndpoint(address, this.#port);
    this.#left -= share;
    this.#timeout.start(share, () => { this.#failed(systemError({ code: 'ETIMEDOUT', syscall: 'connect', endpoint })); });
    try {
      this.#connection = over.connect(endpoint, this);
    } catch (error) {
      // An address that this transport does not take.
      this.#failed(error as Error);
    }
  }

  #failed(error: Error): void {
    this.#timeout.stop();
    this.#error = error;
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
    this.#next();
  }

  #end(error: Error): void {
    this.#take()?.unreachable(error);
  }

  /** Who wants it does no more: it hears now. */
  #take(): Wanting | null {
    const wanting = this.#wanting;
    this.#wanting = null;
    this.#leave();
    return wanting;
  }

  #leave(): void {
    this.#timeout.stop();
    this.#addresses = [];
    this.#connection?.close();
    this.#connection = null;
  }

  // ---- reports of the attempt that is under way ----------------------------------------------------------------------

  /** @internal */
  onConnect(): void {
    const connection = this.#connection;
    // One that was given up is closed already.
    if (this.#wanting === null || connection === null) return;
    this.#connection = null;
    this.#take()!.reached(connection);
  }

  /** @internal */
  onClose(error: Error | null): void {
    if (this.#wanting !== null && error !== null && this.#connection !== null) this.#failed(error);
  }

  /** @internal Nothing is read or written before it is the client's. */
  onData(): void {}
  /** @internal */
  onEnd(): void {}
  /** @internal */
  onWriteDone(): void {}
  /** @internal */
  onShutdownDone(): void {}
}

/** What a resolver says is passed on, if it says it as an error of the system's. */
function notFound(host: string, cause: Error | null): Error {
  if (isSystemError(cause) && cause.code !== 'ETIMEDOUT') return cause;
  return Object.assign(systemError({ code: 'ENOTFOUND', syscall: 'getaddrinfo', address: host }), cause && { cause });
}
