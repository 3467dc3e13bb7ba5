import { MemoryConnection } from './connection.js';

/** What Node's sockets are probed with once a wait is over: a second apart, ten times (libuv). */
const INTERVAL = 1000;
const PROBES = 10;
/** Linux waits so long when it is not told. */
const INITIAL_DELAY = 7_200_000;

interface KeepAlive {
  readonly delay: number;
  readonly interval: number;
  readonly probes: number;
}

/** A connection between addresses. */
export class TcpConnection extends MemoryConnection {
  override readonly medium = 'tcp';
  #typeOfService = 0;
  #keepAlive: KeepAlive | null = null;
  #heardAt = 0;
  #unanswered = 0;
  #probe: unknown = null;

  /** Nothing here waits for more bytes. */
  setNoDelay(_on: boolean): void {}

  setKeepAlive(on: boolean, initialDelayMs: number, intervalMs?: number, count?: number): void {
    this.#heardAt = this.stack.host.network.time.now;
    this.#keepAlive = on ? { delay: initialDelayMs || INITIAL_DELAY, interval: intervalMs || INTERVAL, probes: count || PROBES } : null;
    this.#stopProbes();
    this.checkPeer();
  }

  setTypeOfService(value: number): void {
    this.#typeOfService = value;
  }

  getTypeOfService(): number {
    return this.#typeOfService;
  }

  override heard(): void {
    if (this.#keepAlive !== null) this.#heardAt = this.stack.host.network.time.now;
  }

  /** A probe that would be answered is not made: only once the peer is out of reach they begin. */
  override checkPeer(): void {
    super.checkPeer();
    if (this.#keepAlive === null || this.#probe !== null || this.stack.isDead || !this.isConnected || this.outgoing!.isOpen) return;
    const { time } = this.stack.host.network;
    const { delay } = this.#keepAlive;
    // Those before were answered.
    const idle = (time.now - this.#heardAt) % delay;
    this.#unanswered = 0;
    this.#probe = time.after(delay - idle, probe, this);
  }

  override forget(): void {
    this.#stopProbes();
    super.forget();
  }

  override crashed(): void {
    this.#stopProbes();
    super.crashed();
  }

  /** @internal */
  probe(): void {
    this.#probe = null;
    if (this.stack.isDead || !this.isConnected || this.#keepAlive === null) return;
    const { path, to, isOpen } = this.outgoing!;
    if (isOpen) return;
    if (to.stack.isDead && to.stack.host.isUp && !path.isBlocked && !this.incoming!.path.isBlocked) this.resetArrived('ECONNRESET');
    else if (++this.#unanswered > this.#keepAlive.probes) this.resetArrived('ETIMEDOUT');
    else this.#probe = this.stack.host.network.time.after(this.#keepAlive.interval, probe, this);
  }

  #stopProbes(): void {
    if (this.#probe !== null) this.stack.host.network.time.cancel(this.#probe);
    this.#probe = null;
  }
}

function probe(connection: TcpConnection): void { connection.probe(); }
