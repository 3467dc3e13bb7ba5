import { copyOf, sizeOf } from '@netstrata/stream-core';
import type { Time } from '../base/time.js';
import type { Path } from '../link/path.js';
import { LONGEST_WAIT, Retransmission } from '../link/retransmission.js';
import { Fifo } from './fifo.js';
import type { Receiver, Sender } from './flow-end.js';
import { ReceiveBuffer, type Segment } from './receive-buffer.js';
import { SendBuffer } from './send-buffer.js';

/**
 * One direction of a connection, as two kernels see it. Owns the bytes that wait to be sent, are in flight, and wait to be read. The
 * sender's kernel accepts as much as its buffer holds, and sends as much as the receiver's buffer has room for; so a reader that stops,
 * stops the writer.
 */
export class Flow {
  /** The end that sends. */
  readonly from: Sender;
  /** The end that receives. */
  readonly to: Receiver;
  /** The way between them. */
  readonly path: Path;
  readonly #back: Path;
  readonly #time: Time;
  // At the sender.
  readonly #buffer = new SendBuffer();
  #opens = false;
  #ends = false;
  #endSent = false;
  /** The peer's kernel knows that nothing more comes. */
  endAcknowledged = false;
  // In flight, in order: what arrives is always the first, whatever timers do.
  readonly #inFlight = new Fifo<Segment>();
  #bytesInFlight = 0;
  #lastArrival = 0;
  // What was lost, until it is sent again.
  #isStuck = false;
  #lostAcknowledgements = 0;
  readonly #retransmission: Retransmission;
  #windowUpdateInFlight = false;
  /** At the receiver: arrived, but not read. */
  readonly inbox: ReceiveBuffer;

  constructor(from: Sender, to: Receiver, path: Path, back: Path, time: Time) {
    this.from = from;
    this.to = to;
    this.path = path;
    this.#back = back;
    this.#time = time;
    this.#retransmission = new Retransmission(time);
    this.inbox = new ReceiveBuffer(to);
  }

  /** Whether the program has written what the kernel has not accepted. */
  get isPending(): boolean { return this.#buffer.pending > 0; }
  /** Bytes that were accepted and have not arrived. */
  get waiting(): number { return this.#buffer.unsent + this.#bytesInFlight; }
  /** Nothing gets through, and it is sent again and again. */
  get isStuck(): boolean { return this.#isStuck || this.#lostAcknowledgements > 0; }
  /** Whether the receiver has no room for more bytes. */
  get isWindowClosed(): boolean { return this.#window <= 0; }
  /** Milliseconds until all that was sent has arrived. */
  get rest(): number { return Math.max(0, this.#lastArrival - this.#time.now); }
  /** Whether the sender's end has arrived. */
  get endArrived(): boolean { return this.inbox.endArrived; }
  /** Whether packets get to the peer and back. */
  get isOpen(): boolean { return this.#canPass && !this.to.hasCrashed; }

  get #canPass(): boolean { return !this.path.isBlocked && !this.#back.isBlocked; }

  /** True when all of it was accepted. */
  write(chunks: readonly Uint8Array[]): boolean {
    // After a crash there is no kernel to accept anything.
    if (this.from.hasCrashed) return false;
    if (chunks.length === 1 && this.#goesThrough(sizeOf(chunks[0]))) {
      this.#arrive(copyOf(chunks[0]));
      return true;
    }
    this.#buffer.write(chunks);
    this.#fill();
    return this.#buffer.pending === 0;
  }

  /** The same for memory that belongs to the network already. */
  writeOwned(chunk: Uint8Array): boolean {
    if (!this.#goesThrough(chunk.length)) return this.write([chunk]);
    this.#arrive(chunk);
    return true;
  }

  /** The end follows what was written. */
  end(): void {
    this.#ends = true;
    this.#pump();
  }

  /** The connection is made: the peer is notified, before anything else is sent. */
  open(): void {
    this.#opens = true;
    this.#pump();
  }

  /** What the program has written and the kernel has not accepted is not sent any more. */
  dropPending(): void {
    this.#buffer.dropPending();
  }

  /** Nothing more is sent: what is in flight still arrives. */
  stop(): void {
    this.#buffer.clear();
    this.#opens = false;
    this.#ends = false;
    this.#isStuck = false;
    this.#lostAcknowledgements = 0;
    this.#retransmission.stop();
  }

  /** So many bytes for the program, which belong to it from now on. */
  read(size: number): Uint8Array {
    const bytes = this.inbox.read(size);
    if (this.#buffer.isEmpty || this.#windowUpdateInFlight) return bytes;
    this.#windowUpdateInFlight = true;
    if (!this.#back.carry(this.#time, windowOpens, this)) {
      this.#windowUpdateInFlight = false;
      this.#scheduleRetransmission();
    }
    return bytes;
  }

  get #window(): number {
    return this.to.limits.receiveBuffer - this.inbox.length - this.#bytesInFlight;
  }

  /** Whether bytes arrive at once: neither other bytes, nor a link, nor a peer that is gone are in the way. */
  #goesThrough(size: number): boolean {
    const isIdeal = this.path.isIdeal && this.#back.isIdeal && !this.from.hasCrashed;
    const isNext = !this.#opens && this.#buffer.unsent === 0 && this.#inFlight.length === 0;
    return isIdeal && isNext && size > 0 && size <= this.#window && this.to.isHere;
  }

  /** Accepts of what is pending as much as there is room for, and sends. */
  #fill(): void {
    const { sendBuffer } = this.from.limits;
    // Where nothing is in the way, sending makes room at once.
    do this.#accept(sendBuffer);
    while (this.#pump() && this.#buffer.pending > 0);
  }

  #accept(limit: number): void {
    if (this.#buffer.pending === 0) return;
    if (!this.#buffer.fill(limit)) this.from.writtenIsGone();
    else if (this.#buffer.pending === 0) this.from.written();
  }

  /** Sends what can be sent. True when bytes went out. */
  #pump(): boolean {
    let moved = false;
    if (this.from.hasCrashed) return false;
    if (this.#opens && !this.#isStuck && this.#send('open', 0)) this.#opens = false;
    while (this.#buffer.unsent > 0 && !this.#isStuck && !this.#opens) {
      const window = this.#window;
      if (window <= 0) {
        this.checkWindow();
        break;
      }
      if (!this.#send('bytes', this.path.segment(Math.min(this.#buffer.unsent, window)))) break;
      moved = true;
    }
    const endIsNext = this.#ends && !this.#endSent && !this.#opens && !this.#isStuck && this.#buffer.isEmpty;
    if (endIsNext && this.#send('fin', 0)) this.#endSent = true;
    return moved;
  }

  /** False when it was lost: it stays where it is. */
  #send(what: 'open' | 'bytes' | 'fin', size: number): boolean {
    const { now } = this.#time;
    const isIdeal = this.path.isIdeal && this.#inFlight.length === 0 && !this.to.hasCrashed;
    const delay = isIdeal ? 0 : this.path.delay(size, now);
    if (delay === null) {
      this.#isStuck = true;
      this.from.note('lost', size);
      this.#scheduleRetransmission();
      return false;
    }
    const segment: Segment = what === 'bytes' ? this.#buffer.read(size) : what;
    if (isIdeal) {
      this.#arrive(segment);
      return true;
    }
    this.#inFlight.push(segment);
    this.#bytesInFlight += size;
    if (typeof segment !== 'string') this.#buffer.unacknowledged += size;
    this.#lastArrival = Math.max(this.#lastArrival, now + delay);
    this.#time.after(this.#lastArrival - now, segmentArrives, this);
    return true;
  }

  /** @internal */
  segmentArrived(): void {
    const segment = this.#inFlight.shift();
    const size = typeof segment === 'string' ? 0 : segment.length;
    this.#bytesInFlight -= size;
    if (this.to.hasCrashed) {
      this.#peerIsGone(size);
      return;
    }
    const cut = this.path.cutOf(size);
    if (cut !== null) {
      if (cut > 0) this.#arrive(copyOf((segment as Uint8Array).subarray(0, cut)));
      this.to.resetArrived('ECONNRESET');
      if (!this.from.hasCrashed) this.from.resetArrived('ECONNRESET');
      return;
    }
    this.#arrive(segment);
    this.#acknowledge(size);
    if (segment === 'fin') this.#acknowledgeEnd();
  }

  #arrive(segment: Segment): void {
    this.inbox.arrive(segment);
    if (segment === 'fin' && this.path.isIdeal && this.#inFlight.length === 0) this.endKnown();
  }

  /** Informs the sender that so many bytes have arrived. */
  #acknowledge(size: number): void {
    if (size === 0) return;
    if (this.#back.carry(this.#time, acknowledge, { flow: this, size })) return;
    this.#lostAcknowledgements += size;
    this.#scheduleRetransmission();
  }

  /** @internal */
  acknowledged(size: number): void {
    this.#buffer.unacknowledged -= size;
    this.#retransmission.answered();
    this.from.packetArrived();
    this.#fill();
  }

  #acknowledgeEnd(): void {
    const delay = this.#back.delay(0, this.#time.now);
    // A lost acknowledgement is asked for again. A closed connection is forgotten in the end, and nothing waits for it.
    this.#time.after(delay ?? LONGEST_WAIT, endIsKnown, this, true);
  }

  /** @internal */
  windowOpened(): void {
    this.#windowUpdateInFlight = false;
    this.#fill();
  }

  /** @internal */
  endKnown(): void {
    this.endAcknowledged = true;
    this.from.forgetIfOver();
  }

  /** Bytes wait for room at a reader that is gone, and no packet has said so: a window probe is answered with a reset. */
  checkWindow(): void {
    if (this.#isStuck || !this.#waitsInVain) return;
    this.#isStuck = true;
    this.#scheduleRetransmission();
  }

  get #waitsInVain(): boolean {
    return (this.to.hasCrashed || this.to.isForgotten) && !this.#buffer.isEmpty;
  }

  /** The receiver's host has crashed. One that is up again answers for a connection that it does not know; one that is down does not. */
  #peerIsGone(size: number): void {
    this.#lostAcknowledgements += size;
    this.#isStuck = true;
    this.#scheduleRetransmission();
  }

  #scheduleRetransmission(): void {
    if (this.from.hasCrashed || this.from.isForgotten) return;
    this.#retransmission.schedule(this.from.limits.retransmissionTimeout, retransmit, this);
  }

  /** @internal */
  retransmit(): void {
    this.#retransmission.begin();
    const { from, to } = this;
    if (from.hasCrashed || from.isForgotten) return;
    const isAnswered = this.#canPass && to.host.isUp;
    if (isAnswered && (to.hasCrashed || this.#waitsInVain)) {
      const delay = this.#back.delay(0, this.#time.now);
      if (delay !== null) {
        this.#time.after(Math.max(delay, from.incoming!.rest), resetArrives, from);
        return;
      }
    } else if (isAnswered) {
      this.#arrivesAfterAll();
      return;
    }
    if (this.#retransmission.isOver(from.limits.retransmissionTimeout)) from.resetArrived('ETIMEDOUT');
    else this.#scheduleRetransmission();
  }

  /** What was lost gets through: acknowledgements, and whatever waits. */
  #arrivesAfterAll(): void {
    const size = this.#lostAcknowledgements;
    this.#lostAcknowledgements = 0;
    this.#isStuck = false;
    this.#retransmission.answered();
    this.#acknowledge(size);
    this.#fill();
  }
}

function segmentArrives(flow: Flow): void { flow.segmentArrived(); }
function acknowledge({ flow, size }: { readonly flow: Flow; readonly size: number }): void { flow.acknowledged(size); }
function windowOpens(flow: Flow): void { flow.windowOpened(); }
function endIsKnown(flow: Flow): void { flow.endKnown(); }
function retransmit(flow: Flow): void { flow.retransmit(); }
function resetArrives(end: Sender): void { end.resetArrived('ECONNRESET'); }
