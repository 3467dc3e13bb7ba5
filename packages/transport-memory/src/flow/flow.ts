import { copyOf, sizeOf } from '@netstrata/stream-core';
import type { MemoryConnection } from '../kernel/connection.js';
import { Fifo } from '../base/fifo.js';
import { OwnBytes } from './kernel-bytes.js';
import type { Path } from '../link/path.js';
import { Pending } from './pending-writes.js';
import { LONGEST_WAIT, Retransmission } from '../link/retransmission.js';

type Control = 'open' | 'fin';

/**
 * One direction of a connection, as two kernels see it: bytes wait to be sent, are under way, and wait to be read. The sender's kernel takes as
 * much as its buffer holds, and sends as much as the receiver's buffer has room for; so a reader that stops, stops the writer.
 */
export class Flow {
  readonly from: MemoryConnection;
  readonly to: MemoryConnection;
  readonly path: Path;
  readonly #back: Path;
  // At the sender: taken, but not sent.
  readonly #unsent = new OwnBytes();
  /** Sent, and not acknowledged. */
  #unacknowledged = 0;
  readonly #pending = new Pending();
  #opens = false;
  #ends = false;
  #endSent = false;
  /** The peer's kernel knows that nothing more comes. */
  endAcknowledged = false;
  // Under way, in order: what arrives is always the first, whatever timers do.
  readonly #underWay = new Fifo<Control | Uint8Array>();
  #inFlight = 0;
  #lastArrival = 0;
  // What was lost: sent again, later and later.
  #isStuck = false;
  #lostAcknowledgements = 0;
  readonly #again: Retransmission;
  #updateUnderWay = false;
  // At the receiver: arrived, but not read.
  readonly inbox = new OwnBytes();
  endArrived = false;

  constructor(from: MemoryConnection, to: MemoryConnection, path: Path, back: Path) {
    this.from = from;
    this.to = to;
    this.path = path;
    this.#back = back;
    this.#again = new Retransmission(from.stack.host.network.time);
  }

  /** What the program has written and the kernel has not taken. */
  get isPending(): boolean { return this.#pending.length > 0; }
  /** Bytes that the receiver has not got yet. */
  get waiting(): number { return this.#unsent.length + this.#inFlight; }
  /** Nothing comes through, and it is tried again. */
  get isStuck(): boolean { return this.#isStuck || this.#lostAcknowledgements > 0; }
  get isWindowClosed(): boolean { return this.#window <= 0; }
  /** Milliseconds until all that was sent has arrived. */
  get rest(): number { return Math.max(0, this.#lastArrival - this.from.stack.host.network.time.now); }
  /** Whether bytes can go to the peer and word of them back. */
  get isOpen(): boolean { return !this.path.isBlocked && !this.#back.isBlocked && !this.to.stack.isDead; }

  /** True when all of it was taken. */
  write(chunks: readonly Uint8Array[]): boolean {
    // After a crash there is nobody to take anything.
    if (this.from.stack.isDead) return false;
    if (chunks.length === 1 && this.#goesThrough(sizeOf(chunks[0]))) {
      this.#arrive(copyOf(chunks[0]));
      return true;
    }
    for (const chunk of chunks) this.#pending.push(chunk);
    this.#fill();
    return this.#pending.length === 0;
  }

  /** The same for memory that is the network's already. */
  writeOwn(chunk: Uint8Array): boolean {
    if (!this.#goesThrough(chunk.length)) return this.write([chunk]);
    this.#arrive(chunk);
    return true;
  }

  /** The end follows what was written. */
  end(): void {
    this.#ends = true;
    this.#pump();
  }

  /** The connection is made: the peer hears of it, before anything else. */
  open(): void {
    this.#opens = true;
    this.#pump();
  }

  /** The program wants nothing of what it has written to be sent any more. */
  dropPending(): void {
    this.#pending.clear();
  }

  /** Nobody sends here any more: what is under way still arrives. */
  stop(): void {
    this.#pending.clear();
    this.#unsent.clear();
    this.#opens = false;
    this.#ends = false;
    this.#isStuck = false;
    this.#lostAcknowledgements = 0;
    this.#again.stop();
  }

  /** So many bytes for the program, which are its own from now on. */
  read(size: number): Uint8Array {
    const bytes = this.inbox.read(size);
    if ((this.#unsent.length === 0 && this.#pending.length === 0) || this.#updateUnderWay) return bytes;
    this.#updateUnderWay = true;
    if (!this.#back.carry(this.from.stack.host.network.time, windowOpens, this)) {
      this.#updateUnderWay = false;
      this.#lost();
    }
    return bytes;
  }

  get #window(): number {
    return this.to.stack.host.limits.receiveBuffer - this.inbox.length - this.#inFlight;
  }

  /** Nothing is in the way: neither bytes that wait, nor a link, nor a peer that has gone. */
  #goesThrough(size: number): boolean {
    return this.path.isIdeal && this.#back.isIdeal && !this.from.stack.isDead && !this.#opens && this.#unsent.length === 0 && this.#underWay.length === 0 && size > 0
      && size <= this.#window && this.to.isHere;
  }

  /** Takes of what is pending as much as there is room for. */
  #fill(): void {
    const { sendBuffer } = this.from.stack.host.limits;
    // Where nothing is in the way, sending makes room at once.
    do this.#take(sendBuffer - this.#unsent.length - this.#unacknowledged);
    while (this.#pump() && this.#pending.length > 0);
  }

  #take(room: number): void {
    if (this.#pending.length === 0) return;
    const size = Math.min(room, this.#pending.length);
    if (size > 0) {
      const bytes = this.#pending.take(size);
      if (bytes === null) {
        this.#pending.clear();
        this.from.writtenIsGone();
        return;
      }
      this.#unsent.push(bytes);
    }
    if (this.#pending.length === 0) this.from.written();
  }

  /** Sends what can be sent. True when bytes went out. */
  #pump(): boolean {
    let moved = false;
    if (this.from.stack.isDead) return false;
    if (this.#opens && !this.#isStuck && this.#send('open', 0)) this.#opens = false;
    while (this.#unsent.length > 0 && !this.#isStuck && !this.#opens) {
      const window = this.#window;
      if (window <= 0) {
        this.checkWindow();
        break;
      }
      if (!this.#send('bytes', this.path.segment(Math.min(this.#unsent.length, window)))) break;
      moved = true;
    }
    const isLast = this.#ends && !this.#endSent && !this.#opens && this.#unsent.length === 0 && this.#pending.length === 0 && !this.#isStuck;
    if (isLast && this.#send('fin', 0)) this.#endSent = true;
    return moved;
  }

  /** False when it was lost: it stays where it is. */
  #send(what: Control | 'bytes', size: number): boolean {
    const { time } = this.from.stack.host.network;
    const isIdeal = this.path.isIdeal && this.#underWay.length === 0 && !this.to.stack.isDead;
    const delay = isIdeal ? 0 : this.path.delay(size, time.now);
    if (delay === null) {
      this.#isStuck = true;
      this.from.note('lost', size);
      this.#lost();
      return false;
    }
    const content = what === 'bytes' ? this.#unsent.read(size) : what;
    if (isIdeal) {
      this.#arrive(content);
      return true;
    }
    this.#underWay.push(content);
    this.#inFlight += size;
    if (content instanceof Uint8Array) this.#unacknowledged += size;
    this.#lastArrival = Math.max(this.#lastArrival, time.now + delay);
    time.after(this.#lastArrival - time.now, segmentArrives, this);
    return true;
  }

  /** @internal */
  segmentArrived(): void {
    const content = this.#underWay.shift();
    const size = content instanceof Uint8Array ? content.length : 0;
    this.#inFlight -= size;
    if (this.to.stack.isDead) {
      this.#peerIsGone(size);
      return;
    }
    const cut = size === 0 ? null : this.path.resetAfter;
    if (cut !== null && cut <= size) {
      this.path.resetDone();
      if (cut > 0) this.#arrive(copyOf((content as Uint8Array).subarray(0, cut)));
      this.to.resetArrived('ECONNRESET');
      if (!this.from.stack.isDead) this.from.resetArrived('ECONNRESET');
      return;
    }
    if (cut !== null) this.path.resetAfter = cut - size;
    this.#arrive(content);
    this.#acknowledge(size);
    if (content === 'fin') this.#acknowledgeEnd();
  }

  /** Something has reached the receiver's kernel. */
  #arrive(content: Control | Uint8Array): void {
    const { to } = this;
    to.heard();
    to.opened();
    if (content === 'open') return;
    if (content === 'fin') {
      // After a reset there is nobody whom it could reach: the error must not turn into an end.
      if (!to.isForgotten) {
        this.endArrived = true;
        to.endHasArrived();
      }
      if (this.path.isIdeal && this.#underWay.length === 0) this.endKnown();
      return;
    }
    if (!to.isHere) {
      // Nobody will read it.
      to.refuse();
      return;
    }
    if (to.isWatched) to.note('arrive', content.length, copyOf(content));
    this.inbox.push(content);
    to.readable();
  }

  /** Tells the sender that so many bytes have arrived. */
  #acknowledge(size: number): void {
    if (size === 0) return;
    if (this.#back.carry(this.from.stack.host.network.time, acknowledge, { flow: this, size })) return;
    this.#lostAcknowledgements += size;
    this.#lost();
  }

  /** @internal */
  acknowledged(size: number): void {
    this.#unacknowledged -= size;
    this.#again.heard();
    this.from.heard();
    this.#fill();
  }

  #acknowledgeEnd(): void {
    const { time } = this.from.stack.host.network;
    const delay = this.#back.delay(0, time.now);
    // What is lost is asked for again. Whoever is closed forgets in the end; nobody waits for it.
    time.after(delay ?? LONGEST_WAIT, endIsKnown, this, true);
  }

  /** @internal */
  windowOpened(): void {
    this.#updateUnderWay = false;
    this.#fill();
  }

  /** @internal */
  endKnown(): void {
    this.endAcknowledged = true;
    this.from.forgetIfOver();
  }

  /** Bytes wait for room at a reader that is gone, without a word that got through: who asks for it (a window probe) is told. */
  checkWindow(): void {
    if (this.#isStuck || !this.#waitsForNobody) return;
    this.#isStuck = true;
    this.#lost();
  }

  get #waitsForNobody(): boolean {
    return (this.to.stack.isDead || this.to.isForgotten) && this.#unsent.length + this.#pending.length > 0;
  }

  /** Its host has crashed. One that is up again answers for a connection that it does not know; one that is down does not. */
  #peerIsGone(size: number): void {
    this.#lostAcknowledgements += size;
    this.#isStuck = true;
    this.#lost();
  }

  /** Something has to be sent again. */
  #lost(): void {
    if (this.from.stack.isDead || this.from.isForgotten) return;
    this.#again.schedule(this.from.stack.host.limits.retransmissionTimeout, sendAgain, this);
  }

  /** @internal */
  sendAgain(): void {
    this.#again.begin();
    const { from, to } = this;
    const { host } = from.stack;
    if (from.stack.isDead || from.isForgotten) return;
    if (!this.path.isBlocked && !this.#back.isBlocked && to.stack.host.isUp) {
      if (to.stack.isDead || this.#waitsForNobody) {
        const delay = this.#back.delay(0, host.network.time.now);
        if (delay !== null) {
          host.network.time.after(Math.max(delay, from.incoming!.rest), resetArrives, from);
          return;
        }
      } else {
        const size = this.#lostAcknowledgements;
        this.#lostAcknowledgements = 0;
        this.#isStuck = false;
        this.#again.heard();
        this.#acknowledge(size);
        this.#fill();
        return;
      }
    }
    if (this.#again.isOver(host.limits.retransmissionTimeout)) from.resetArrived('ETIMEDOUT');
    else this.#lost();
  }
}

function segmentArrives(flow: Flow): void { flow.segmentArrived(); }
function acknowledge({ flow, size }: { readonly flow: Flow; readonly size: number }): void { flow.acknowledged(size); }
function windowOpens(flow: Flow): void { flow.windowOpened(); }
function endIsKnown(flow: Flow): void { flow.endKnown(); }
function sendAgain(flow: Flow): void { flow.sendAgain(); }
function resetArrives(connection: MemoryConnection): void { connection.resetArrived('ECONNRESET'); }
