import { MemoryConnection } from './connection.js';

/** Keep-alive probes as libuv asks for them: a second apart, ten times. */
const INTERVAL = 1000;
const PROBES = 10;
/** Linux waits so long before the first one where no delay is given. */
const INITIAL_DELAY = 7_200_000;

interface KeepAlive {
  readonly delay: number;
  readonly interval: number;
  readonly probes: number;
}

/** A connection between addresses. Owns the options of TCP, and the probes of keep-alive. */
export class TcpConnection extends MemoryConnection {
  override readonly medium = 'tcp';
  #typeOfService = 0;
  #keepAlive: KeepAlive | null = null;
  #lastPacketAt = 0;
  #unanswered = 0;
  #probe: unknown = null;

  /** Nothing here waits for more bytes. */
  setNoDelay(_on: boolean): void {}

  setKeepAlive(on: boolean, initialDelayMs: number, intervalMs?: number, count?: number): void {
    this.#lastPacketAt = this.kernel.time.now;
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

  override packetArrived(): void {
    if (this.#keepAlive !== null) this.#lastPacketAt = this.kernel.time.now;
  }

  /** A probe that would be answered is not made: they begin when the peer is out of reach. */
  override checkPeer(): void {
    super.checkPeer();
    if (this.#keepAlive === null || this.#probe !== null) return;
    if (this.hasCrashed || !this.isConnected || this.outgoing!.isOpen) return;
    const { time } = this.kernel;
    const { delay } = this.#keepAlive;
    // Those before were answered.
    const idle = (time.now - this.#lastPacketAt) % delay;
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
    if (this.hasCrashed || !this.isConnected || this.#keepAlive === null) return;
    const { path, to, isOpen } = this.outgoing!;
    if (isOpen) return;
    const hasRestarted = to.hasCrashed && to.host.isUp;
    if (hasRestarted && !path.isBlocked && !this.incoming!.path.isBlocked) this.resetArrived('ECONNRESET');
    else if (++this.#unanswered > this.#keepAlive.probes) this.resetArrived('ETIMEDOUT');
    else this.#probe = this.kernel.time.after(this.#keepAlive.interval, probe, this);
  }

  #stopProbes(): void {
    if (this.#probe !== null) this.kernel.time.cancel(this.#probe);
    this.#probe = null;
  }
}

function probe(connection: TcpConnection): void { connection.probe(); }
