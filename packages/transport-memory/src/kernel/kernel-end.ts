import { bytesGone } from '@netstrata/stream-core';
import { systemError, type Connection, type Endpoint, type SystemError } from '@netstrata/transport';
import type { Limits } from '../base/limits.js';
import type { EventKind } from '../base/network-event.js';
import type { Time } from '../base/time.js';
import type { Trace } from '../base/trace.js';
import type { HostStatus, Receiver, Sender } from '../flow/flow-end.js';
import type { Flow } from '../flow/flow.js';
import type { Program } from '../program/program.js';
import { Reporter } from '../program/reporter.js';
import type { Binding } from './ports.js';

/** Linux forgets a closed connection whose peer has acknowledged that and does not close after so long (tcp_fin_timeout). */
const FIN_TIMEOUT = 60_000;

/** What a connection asks of its kernel. */
export interface ConnectionKernel {
  readonly host: HostStatus;
  readonly limits: Readonly<Limits>;
  readonly program: Program;
  readonly time: Time;
  readonly trace: Trace;
  /** False when too many files are open. */
  openFile(): boolean;
  closeFile(): void;
  /** It has nothing to do for the connection any more. */
  forget(connection: KernelEnd): void;
}

/** Makes a connection, until it is made. */
export interface Dialling {
  cancel(): void;
}

/** Where a connection that came in waits until it is accepted. */
export interface ListenQueue {
  /** It is not half-open any more, and can be accepted. */
  completed(connection: KernelEnd & Connection): void;
  /** It was reset. */
  removed(connection: KernelEnd): void;
}

/**
 * One end of a connection, as its kernel knows it: from the first dial until nothing more can happen to it, which may be long after its
 * program has closed it. Owns its addresses, its flows, its file, and when it is forgotten.
 */
export abstract class KernelEnd extends Reporter implements Sender, Receiver {
  /** Whether it has addresses and ports, or paths. */
  readonly medium: 'tcp' | 'ipc' = 'ipc';
  protected readonly kernel: ConnectionKernel;
  /** Its number in the network's events; both ends have the same. */
  id = 0;
  incoming: Flow | null = null;
  /** What it sends; null until it is connected. */
  outgoing: Flow | null = null;
  /** The attempt to connect that goes on, or null. */
  dialling: Dialling | null = null;
  /** The queue that it came in by, while it is half-open. */
  listenQueue: ListenQueue | null = null;
  /** Its own endpoint, as its program is told it; null while it has none. */
  localEnd: Endpoint | null = null;
  /** The endpoint of its peer, as its program is told it; null while it has none. */
  remoteEnd: Endpoint | null = null;
  /** What was bound for it alone. */
  binding: Binding | null = null;
  /** Both its ends, as the ports of its host know it. */
  pair = '';
  isForgotten = false;
  /** Whether it ended before its peer did. */
  wasFirst = false;
  /** A second `connect` is answered as the first was, once (Linux). */
  wasConnectedAgain = false;
  /** Its program has closed it, or got a report that it has failed. */
  protected closed = false;
  /** What its program will get as the error: a code, or a whole error where it was never connected. */
  protected failure: string | SystemError | null = null;
  #hasFile = false;
  #waitsForEnd = false;

  constructor(kernel: ConnectionKernel) {
    super(kernel.program);
    this.kernel = kernel;
  }

  /** The failure is due to its program. */
  protected abstract failureDue(): void;
  abstract get isReading(): boolean;
  abstract abort(): void;
  abstract opened(): void;
  abstract readable(): void;
  abstract written(): void;

  /** The host that it is on. */
  get host(): HostStatus { return this.kernel.host; }
  /** The limits of that host. */
  get limits(): Readonly<Limits> { return this.kernel.limits; }
  get hasCrashed(): boolean { return this.program.hasCrashed; }
  /** Whether there is a program that bytes could go to. */
  get isHere(): boolean { return !this.closed && this.failure === null && !this.isForgotten && !this.hasCrashed; }
  /** Whether its program has closed it, or knows that it has failed. */
  get isClosed(): boolean { return this.closed; }
  /** Whether it has a peer, and has not failed. */
  get isConnected(): boolean { return this.outgoing !== null && this.failure === null && !this.isForgotten; }
  get isObserved(): boolean { return this.kernel.trace.isObserved; }

  /** It uses a file from now on. False when too many are open. */
  openFile(): boolean {
    this.#hasFile ||= this.kernel.openFile();
    return this.#hasFile;
  }

  protected closeFile(): void {
    if (!this.#hasFile) return;
    this.#hasFile = false;
    this.kernel.closeFile();
  }

  packetArrived(): void {}

  /** Something on the way to the peer has changed. */
  checkPeer(): void {
    this.outgoing?.checkWindow();
  }

  resetArrived(code: 'ECONNRESET' | 'ETIMEDOUT'): void {
    if (this.isForgotten || this.hasCrashed) return;
    this.note(code === 'ECONNRESET' ? 'reset' : 'fail', 0, null, code);
    this.listenQueue?.removed(this);
    this.listenQueue = null;
    // Linux: after the peer's end it is the writing that fails.
    const failure = code === 'ECONNRESET' && this.incoming!.endArrived ? 'EPIPE' : code;
    this.forget();
    if (this.closed || this.failure !== null) return;
    this.failure = failure;
    this.failureDue();
  }

  refuse(): void {
    if (this.hasCrashed) return;
    this.sendReset();
    this.forget();
  }

  /** @internal */
  endHasArrived(): void {
    if (this.closed) {
      this.forgetIfOver();
      return;
    }
    this.note('end', 0);
    this.readable();
  }

  writtenIsGone(): void {
    this.failure = Object.assign(systemError({ code: 'EFAULT', syscall: 'write' }), { cause: bytesGone() });
    this.failureDue();
  }

  /** Forgets it where nothing more can happen between the two ends. */
  forgetIfOver(): void {
    if (this.isForgotten || !this.closed || this.outgoing === null) return;
    // Until all has arrived the kernel goes on by itself.
    if (!this.outgoing.endAcknowledged) return;
    if (this.incoming!.endArrived) {
      this.forget();
    } else if (!this.#waitsForEnd) {
      this.#waitsForEnd = true;
      this.kernel.time.after(FIN_TIMEOUT, forgetAfterTimeout, this, true);
    }
  }

  /** Its host has crashed: it sends nothing any more, and nothing of it is to be waited for. */
  crashed(): void {
    this.outgoing?.stop();
  }

  /** The kernel does not know it any more. */
  forget(): void {
    if (this.isForgotten) return;
    this.isForgotten = true;
    this.outgoing?.stop();
    this.incoming?.checkWindow();
    this.kernel.forget(this);
  }

  note(kind: EventKind, bytes: number, data: Uint8Array | null = null, text = ''): void {
    this.kernel.trace.connection(kind, this.kernel.host.name, this, bytes, data, text);
  }

  protected reset(): void {
    if (this.isForgotten) return;
    this.sendReset();
    this.forget();
  }

  protected sendReset(): void {
    if (this.hasCrashed) return;
    const { to: peer, path, rest } = this.outgoing!;
    if (!path.carry(this.kernel.time, resetArrives, peer, rest)) this.note('lost', 0);
  }
}

function resetArrives(end: Receiver): void { end.resetArrived('ECONNRESET'); }
function forgetAfterTimeout(end: KernelEnd): void { end.forget(); }
