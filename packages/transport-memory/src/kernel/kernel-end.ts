import type { Endpoint, SystemError } from '@netstrata/transport';
import type { EventKind } from '../base/network-event.js';
import type { Flow } from '../flow/flow.js';
import type { MemoryListener } from './listener.js';
import type { Binding } from './ports.js';
import { Reporter } from '../program/reporter.js';

/** Linux forgets a closed connection whose peer knows of it and does not close after so long (tcp_fin_timeout). */
const FIN_TIMEOUT = 60_000;

/** Who makes a connection, until it is made. */
export interface Dialling {
  cancel(): void;
}

/** One end of a connection, as its kernel knows it: from the first dial until nothing more can happen to it, which may be long after its program has closed it. */
export abstract class KernelEnd extends Reporter {
  readonly medium: 'tcp' | 'ipc' = 'ipc';
  /** Its number in the network's events; both ends have the same. */
  id = 0;
  incoming: Flow | null = null;
  outgoing: Flow | null = null;
  dialling: Dialling | null = null;
  /** Where it came in, until it was accepted. */
  waitsAt: MemoryListener | null = null;
  localEnd: Endpoint | null = null;
  remoteEnd: Endpoint | null = null;
  /** What was bound for it alone. */
  binding: Binding | null = null;
  /** How it stands in the books of its host's ports. */
  pair = '';
  isForgotten = false;
  /** Whether it ended before its peer did. */
  wasFirst = false;
  /** A second `connect` is answered as the first was, once (Linux). */
  wasConnectedAgain = false;
  /** Its program has let go of it, or was told that it is gone. */
  protected closed = false;
  /** What its program will be told: a code, or a whole error where it was never connected. */
  protected failure: string | SystemError | null = null;
  #hasFile = false;
  #waitsForEnd = false;

  /** The failure is due to its program. */
  protected abstract failureDue(): void;
  abstract abort(): void;

  /** Whether bytes for it have somebody to go to. */
  get isHere(): boolean { return !this.closed && this.failure === null && !this.isForgotten && !this.stack.isDead; }
  /** Bytes that wait to be read. */
  get inboxLength(): number { return this.incoming?.inbox.length ?? 0; }
  get isClosed(): boolean { return this.closed; }
  get isConnected(): boolean { return this.outgoing !== null && this.failure === null && !this.isForgotten; }

  /** It takes a file from now on. False when there are too many. */
  openFile(): boolean {
    this.#hasFile ||= this.stack.openFile();
    return this.#hasFile;
  }

  protected closeFile(): void {
    if (!this.#hasFile) return;
    this.#hasFile = false;
    this.stack.openFiles--;
  }

  /** Word of the peer. */
  heard(): void {}

  /** Something on the way to the peer has changed. */
  checkPeer(): void {
    this.outgoing?.checkWindow();
  }

  /** An RST, or what comes to the same. */
  resetArrived(code: 'ECONNRESET' | 'ETIMEDOUT'): void {
    if (this.isForgotten || this.stack.isDead) return;
    this.note(code === 'ECONNRESET' ? 'reset' : 'fail', 0, null, code);
    this.waitsAt?.left(this);
    this.waitsAt = null;
    // Linux: after the peer's end it is the writing that fails.
    const failure = code === 'ECONNRESET' && this.incoming!.endArrived ? 'EPIPE' : code;
    this.forget();
    if (this.closed || this.failure !== null) return;
    this.failure = failure;
    this.failureDue();
  }

  /** Bytes came for a program that has closed: the peer learns of it. */
  refuse(): void {
    if (this.stack.isDead) return;
    this.sendReset();
    this.forget();
  }

  /** Nothing more can happen between the two. */
  forgetIfOver(): void {
    if (this.isForgotten || !this.closed || this.outgoing === null) return;
    // Until all has got there the kernel goes on by itself.
    if (!this.outgoing.endAcknowledged) return;
    if (this.incoming!.endArrived) {
      this.forget();
    } else if (!this.#waitsForEnd) {
      this.#waitsForEnd = true;
      this.stack.host.network.time.after(FIN_TIMEOUT, forgetLater, this, true);
    }
  }

  /** Its host has crashed: it sends nothing any more, and nothing of it is to be waited for. */
  crashed(): void {
    this.outgoing?.stop();
  }

  /** The kernel lets it go. */
  forget(): void {
    if (this.isForgotten) return;
    this.isForgotten = true;
    this.outgoing?.stop();
    this.incoming?.checkWindow();
    this.stack.host.forget(this);
  }

  /** Somebody is told of everything: copies of bytes are worth making. */
  get isWatched(): boolean { return this.stack.host.network.observer !== null; }

  note(kind: EventKind, bytes: number, data: Uint8Array | null = null, text = ''): void {
    const { network } = this.stack.host;
    if (network.observer !== null) network.tell(kind, this.stack.host, this, bytes, data, text);
  }

  protected sendReset(): void {
    if (this.stack.isDead) return;
    const { to: peer, path, rest } = this.outgoing!;
    if (!path.carry(this.stack.host.network.time, resetArrives, peer, rest)) this.note('lost', 0);
  }
}

function resetArrives(end: KernelEnd): void { end.resetArrived('ECONNRESET'); }
function forgetLater(end: KernelEnd): void { end.forget(); }
