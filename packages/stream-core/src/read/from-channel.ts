import { EventEmitter } from '../base/emitter.js';
import { defaultMethods } from '../base/symbols.js';
import { view } from '../bytes/bytes.js';
import type { Borrowing } from '../contract/channel.js';
import type { Engine } from '../contract/engine.js';
import type { Taker } from '../contract/lending.js';
import type { Stream } from '../contract/stream.js';
import { cut } from './read-pool.js';
import type { ReadSide } from './read-side.js';
import { CHANNEL_STARTED, DATA_EMITTED, FLOWING, POOLED, READING, type PipeDestination } from './read-state.js';

/* What the channel reports to a reading side: chunks that are the side's own, chunks that are only lent, the peer's end. */

/** A chunk from the channel. */
export function onData(side: ReadSide, chunk: Uint8Array): void {
  const { engine } = side;
  if (engine.idleTimer !== null) engine.idleTimer.refresh();
  const taker = takerOf(side);
  if (taker !== null) takeBy(taker, engine, view(chunk), false);
  else if (goesToListeners(side)) pass(side, view(chunk));
  else if (!engine.duplex.push(view(chunk))) side.stopChannel();
}

/** Who takes what arrives now, before it is queued: unless somebody else would see it, too. */
function takerOf(side: ReadSide): Taker | null {
  const { taker, engine } = side;
  if (taker === null || side.length > 0 || side.decoder !== null || engine.destroyed || engine.errored !== null) return null;
  const { duplex } = engine;
  if (duplex.push !== duplex[defaultMethods].push || duplex.listenerCount('data') > 0) return null;
  return taker;
}

/** The code that waits for it runs in a microtask: what it writes there is an answer, as in a listener. */
function takeBy(taker: Taker, engine: Engine, chunk: Uint8Array, isLent: boolean): void {
  engine.turn.readUntilMicrotask(engine);
  taker.take(chunk, isLent);
}

/** Flowing, nothing queued, nothing to decode: what arrives goes straight to the listeners. */
function goesToListeners(side: ReadSide): boolean {
  return isStraight(side) && side.engine.duplex.listenerCount('data') > 0;
}

function pass(side: ReadSide, chunk: Uint8Array): void {
  side.bits |= DATA_EMITTED;
  if (side.pipeTargets !== null) side.forgetWaiting();
  side.engine.duplex.emit('data', chunk);
  // A listener can have paused the stream and put much back.
  if (side.queue !== null && !side.wantsMore()) side.stopChannel();
}

/** What arrives now passes the side without being held or changed. */
function isStraight(side: ReadSide): boolean {
  if ((side.bits & (FLOWING | READING)) !== FLOWING || side.decoder !== null || side.length > 0) return false;
  const { engine } = side;
  const { duplex } = engine;
  return !engine.destroyed && engine.errored === null && duplex.push === duplex[defaultMethods].push;
}

/**
 * The destination that would get what arrives now, where a single pipe is all that listens and the destination is a
 * stream of this library that would hand it to its channel at once.
 */
function straightTarget(side: ReadSide): PipeDestination | null {
  const targets = side.pipeTargets;
  if (targets === null || targets.length !== 1 || !isStraight(side)) return null;
  const { duplex } = side.engine;
  // A program that replaces these wants to see what passes.
  if (duplex.emit !== EventEmitter.prototype.emit || onlyListener(duplex) !== targets[0].onData) return null;
  return targets[0].borrower === null ? null : targets[0];
}

/** What listens to 'data', where that is one function: the emitters of Node and of `events` keep it without a list. */
function onlyListener(duplex: Stream): unknown {
  return (duplex as unknown as { _events?: { data?: unknown } })._events?.data;
}

/** For how long lent bytes are welcome now. */
export function wantsBorrowed(side: ReadSide): Borrowing {
  if (takerOf(side) !== null) return 'briefly';
  if (straightTarget(side) !== null) return 'while-stopped';
  return side.decoder !== null || side.has(POOLED) ? 'briefly' : false;
}

/**
 * A chunk that is only lent: it is decoded, or a pipe writes it from where it lies, or a copy of it goes into the pool. False where none of
 * these can be.
 */
export function onBorrowed(side: ReadSide, chunk: Uint8Array): boolean {
  const { engine } = side;
  const taker = takerOf(side);
  if (taker !== null) {
    if (engine.idleTimer !== null) engine.idleTimer.refresh();
    takeBy(taker, engine, chunk, true);
    return true;
  }
  const target = straightTarget(side);
  if (target !== null) return writeStraight(side, target, chunk);
  const { duplex } = engine;
  if (side.decoder !== null && duplex.push === duplex[defaultMethods].push) {
    if (engine.idleTimer !== null) engine.idleTimer.refresh();
    if (!side.push(chunk)) side.stopChannel();
    return true;
  }
  // What waits in the queue must not be lost with the pool when a program takes the pool's memory away.
  if (!side.has(POOLED) || !goesToListeners(side)) return false;
  if (engine.idleTimer !== null) engine.idleTimer.refresh();
  pass(side, cut(chunk));
  return true;
}

function writeStraight(side: ReadSide, target: PipeDestination, chunk: Uint8Array): boolean {
  const { engine } = side;
  const borrower = target.borrower!;
  borrower.flush();
  if (!borrower.takesBorrowed) return false;
  if (engine.idleTimer !== null) engine.idleTimer.refresh();
  side.bits |= DATA_EMITTED;
  target.waiting = false;
  const hasRoom = borrower.writeBorrowed(chunk, side, engine.channel!);
  if (borrower.writing) side.keep(engine.channel!);
  if (!hasRoom) target.wait();
  return true;
}

/** The peer's FIN, from the channel. */
export function onEnd(side: ReadSide): void {
  const { duplex, idleTimer } = side.engine;
  if (idleTimer !== null) idleTimer.refresh();
  side.set(CHANNEL_STARTED, false);
  duplex.push(null);
  duplex.read(0);
}
