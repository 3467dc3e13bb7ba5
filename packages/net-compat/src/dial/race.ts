import type { DialOptions, Transport } from '@netstrata/transport';
import { isBlocked } from '../args/address-checker.js';
import { inet } from '../args/endpoints.js';
import { addressBlocked, allAttemptsFailed, noTransport } from '../args/errors.js';
import type { Timer } from '../runtime/clock.js';
import { contextOf } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import { WhatWorked } from '../shared/what-worked.js';
import { Attempt } from './attempt.js';
import { finishConnect, isStillAt, type DiallingSocket } from './dialling-socket.js';
import { isUnderTls, type Candidate } from './happy-eyeballs.js';

/** Attempts that may be under way at once. At a quarter of a second each these are eight seconds. */
const MOST_LEGS = 32;

/** The family that is not this one. */
const other = (family: number): number => 10 - family;

/**
 * Attempts that overlap (RFC 8305 section 5): the next one starts after a delay, or at once when one fails, and those that are under way go
 * on. The first that connects is the socket's, and the others are closed. To the socket all of them are one attempt.
 */
export class Race extends Attempt {
  readonly #socket: DiallingSocket;
  readonly #host: string;
  readonly #near: DialOptions;
  readonly #delay: number;
  /** What the socket was at before: its connection, if it has any, is the first to be dialled. */
  readonly #opened: Attempt;
  #isUsed = false;
  #hasBegun = false;
  readonly #waiting: Candidate[] = [];
  readonly #known = new Set<string>();
  readonly #legs = new Set<Attempt>();
  readonly #errors: Error[] = [];
  #timer: Timer | null = null;
  /** The family whose turn it is. */
  #turn: number;
  /** No more addresses will come. */
  isComplete = false;

  constructor(socket: DiallingSocket, opened: Attempt, host: string, near: DialOptions, delay: number, first: number) {
    super(null);
    this.#socket = socket;
    this.#opened = opened;
    this.#host = host;
    this.#near = near;
    this.#delay = delay;
    this.#turn = first;
  }

  override get dialled(): boolean { return this.#hasBegun; }

  /** What the socket is at as long as it takes part. */
  get current(): Attempt { return this.#hasBegun ? this : this.#opened; }
  /** Nothing has come, or none is left. */
  get isIdle(): boolean { return this.#waiting.length === 0 && this.#legs.size === 0; }

  /** Addresses have come. Those of a family that is not the first may have to `wait` some milliseconds for it. */
  add(candidates: readonly Candidate[], wait: number): void {
    const found = contextOf(this.#socket).worked?.of(this.#host);
    for (const candidate of candidates) {
      const { address } = candidate;
      // A resolver may answer with everything whatever family it is asked for.
      if (this.#known.has(address)) continue;
      this.#known.add(address);
      if (address === found?.address) this.#waiting.unshift(candidate);
      else this.#waiting.push(candidate);
    }
    if (wait > 0 && !this.#hasBegun) this.#after(wait);
    else if (!this.#hasBegun || this.#timer === null) this.next();
  }

  /** Starts the next attempt, if one may start. */
  next(): void {
    this.#stopTimer();
    const socket = this.#socket;
    while (isStillAt(socket, this.current) && this.#legs.size < MOST_LEGS && !(this.#isFixed && this.#legs.size > 0)) {
      const candidate = this.#take();
      if (candidate === undefined) {
        if (this.#legs.size === 0 && this.isComplete && this.#hasBegun) this.#fail();
        return;
      }
      this.#begin();
      const { address, port, transport } = candidate;
      const refusal = isBlocked(socket.blockList, address) ? addressBlocked(address)
        : transport === undefined ? noTransport(`${address}:${port}`) : null;
      if (refusal !== null) this.#failed(refusal, candidate);
      else {
        this.#dial(candidate, transport!);
        return;
      }
    }
  }

  override hold(on: boolean): void {
    for (const leg of this.#legs) leg.hold(on);
  }

  override abandon(released: (() => void) | null = null): boolean {
    this.#stopTimer();
    let left = 0;
    const one = (): void => {
      if (--left === 0) released?.();
    };
    for (const leg of this.#legs) if (leg.abandon(one)) left++;
    this.#legs.clear();
    if (!this.#isUsed && this.#opened.abandon(one)) left++;
    return left > 0;
  }

  /** Of the family whose turn it is, if there is one. */
  #take(): Candidate | undefined {
    const at = Math.max(0, this.#waiting.findIndex(({ family }) => family === this.#turn));
    const [candidate] = this.#waiting.splice(at, 1);
    if (candidate !== undefined) this.#turn = other(candidate.family);
    return candidate;
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#socket.autoSelectFamilyAttemptedAddresses = [];
    this.connection = this.#opened.connection;
    this.#socket[state].put('attempt', this);
    this.#socket._unrefTimer();
  }

  #dial(candidate: Candidate, transport: Transport): void {
    const socket = this.#socket;
    const dialState = socket[state];
    const { address, port, family } = candidate;
    socket.emit('connectionAttempt', address, port, family);
    if (!isStillAt(socket, this)) return;
    socket.autoSelectFamilyAttemptedAddresses!.push(`${address}:${port}`);
    const leg = this.#legFor(transport);
    const isFirst = this.#errors.length === 0 && this.#legs.size === 0;
    this.#legs.add(leg);
    leg.start(transport, inet(address, port, family), this.#near, (_, error) => {
      if (error === null) this.#won(leg, candidate, transport, isFirst);
      else this.#lost(leg, error, candidate);
    });
    if (this.connection === null || this.connection === leg.connection) this.#show(leg, transport);
    else dialState.join(leg.connection!);
    this.#after(this.#delay);
  }

  /** The connection that the socket has is dialled first, where it is one of this transport. */
  #legFor(transport: Transport): Attempt {
    if (this.#isUsed) return new Attempt(null);
    this.#isUsed = true;
    const { transport: of } = this.#socket[state];
    if (this.#opened.connection === null || of === transport) return this.#opened;
    this.#opened.abandon();
    this.connection = null;
    return new Attempt(null);
  }

  /** The connection of this attempt is what the socket shows as its own. */
  #show(leg: Attempt | undefined, transport: Transport | null): void {
    const dialState = this.#socket[state];
    this.connection = leg?.connection ?? null;
    dialState.transport = transport;
    dialState.begin(this);
  }

  #after(milliseconds: number): void {
    const { clock } = contextOf(this.#socket);
    this.#stopTimer();
    this.#timer = clock.setTimeout(() => { this.next(); }, milliseconds);
    // What is under way holds the process, if anything does.
    this.#timer.unref?.();
  }

  #stopTimer(): void {
    if (this.#timer !== null) contextOf(this.#socket).clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #won(leg: Attempt, { address, family }: Candidate, transport: Transport, isFirst: boolean): void {
    this.#legs.delete(leg);
    if (this.#isFixed && leg.connection !== this.connection) {
      leg.abandon();
      return;
    }
    this.abandon();
    const net = contextOf(this.#socket);
    if (!isFirst) (net.worked ??= new WhatWorked(net.clock)).keep(this.#host, address, family);
    this.#socket[state].transport = transport;
    finishConnect(this.#socket, leg);
  }

  #lost(leg: Attempt, error: Error, candidate: Candidate): void {
    const wasFixed = this.#isFixed && leg.connection === this.connection;
    this.#legs.delete(leg);
    const { worked } = contextOf(this.#socket);
    if (worked?.of(this.#host)?.address === candidate.address) worked.forget(this.#host);
    if (leg.connection === this.connection) {
      const [next] = this.#legs;
      this.#show(next, this.#socket[state].transport);
    }
    this.#failed(error, candidate);
    if (!isStillAt(this.#socket, this)) return;
    if (wasFixed) this.#socket.destroy(error);
    else this.next();
  }

  #failed(error: Error, { address, port, family }: Candidate): void {
    this.#errors.push(error);
    // A near end that cannot be bound comes before there is an attempt.
    if ((error as { syscall?: string }).syscall !== 'bind') this.#socket.emit('connectionAttemptFailed', address, port, family, error);
  }

  #fail(): void {
    const errors = this.#errors;
    this.#socket.destroy(errors.length === 1 ? errors[0] : allAttemptsFailed(errors, `connect: no address of ${this.#host} could be reached`));
  }

  /** As for attempts in turn: Node's tls uses this very handle and cannot move to another. */
  get #isFixed(): boolean {
    return !this.#socket[state].movesTls && isUnderTls(this.connection?.native);
  }
}
