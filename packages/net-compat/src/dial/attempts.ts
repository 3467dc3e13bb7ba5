import { systemError, type DialOptions, type Transport } from '@netstrata/transport';
import { isBlocked } from '../args/address-checker.js';
import { inet } from '../args/endpoints.js';
import { addressBlocked, allAttemptsFailed, noTransport } from '../args/errors.js';
import type { FamilySelection } from '../args/validate.js';
import type { Timer } from '../runtime/clock.js';
import { systemErrors } from '../runtime/runtime.js';
import { isUnderTls } from '../shared/under-tls.js';
import { contextOf } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import { WhatWorked } from '../shared/what-worked.js';
import { Attempt, type Settled } from './attempt.js';
import { finishConnect, isOfOther, isStillAt, type DiallingSocket } from './dialling-socket.js';

export interface Candidate {
  readonly address: string;
  readonly port: number;
  readonly family: number;
  /** What carries it; undefined where no route does. */
  readonly transport: Transport | undefined;
}

/** What of `connect`'s options says where to go, checked. */
export interface Destination {
  /** As it was given, for errors. */
  readonly given: { readonly host?: unknown; readonly port?: unknown };
  readonly host: string;
  readonly port: number;
  readonly near: DialOptions;
  readonly autoSelectFamily: FamilySelection;
  /** Milliseconds that an attempt has, or after which the next one starts. */
  readonly attemptTimeout: number;
}

/** Attempts that may be under way at once. At a quarter of a second each these are eight seconds. */
const MOST = 32;

/**
 * The attempts at the addresses of a name, which to the socket are one. Families come in turn (RFC 8305 section 4). In Node's way each
 * attempt but the last has `attemptTimeout` milliseconds and is dropped then. In a race (section 5) the next one starts after that time, or
 * at once when one fails, while the others go on; the first that connects is the socket's, and the others are closed.
 */
export class Attempts extends Attempt {
  readonly #socket: DiallingSocket;
  readonly #to: Destination;
  readonly #isRace: boolean;
  /** What the socket was at before. Its connection, if it has any, is the first to be dialled. */
  readonly #before: Attempt | null;
  /** By family: those of IPv4, then those of IPv6; and how many of them were taken. */
  readonly #queues: [Candidate[], Candidate[]] = [[], []];
  readonly #taken: [number, number] = [0, 0];
  /** Which of the two comes next. */
  #turn: number;
  readonly #legs = new Map<Attempt, Candidate>();
  /** The handle that the socket has, or had last. */
  #handle: unknown = null;
  readonly #errors: Error[] = [];
  #timer: Timer | null = null;
  #hasBegun = false;
  /** What was dialled first. */
  #first: Candidate | null = null;
  /** No more addresses will come. */
  isComplete = false;

  constructor(socket: DiallingSocket, to: Destination, first: number) {
    super(null);
    this.#socket = socket;
    this.#to = to;
    this.#isRace = to.autoSelectFamily === 'race';
    this.#before = socket[state].details.attempt;
    this.#turn = Number(first === 6);
  }

  override get dialled(): boolean { return this.#hasBegun; }
  override get isBetween(): boolean { return this.#hasBegun && this.#legs.size === 0; }
  /** What the socket is at as long as it takes part. */
  get current(): Attempt | null { return this.#hasBegun ? this : this.#before; }
  get #goesOn(): boolean { return isStillAt(this.#socket, this.current); }
  get #hasMore(): boolean { return this.#queues.some((queue, i) => queue.length > this.#taken[i]); }
  /** Nothing has come, or none is left. */
  get isIdle(): boolean { return this.#legs.size === 0 && !this.#hasMore; }

  /** Told to go elsewhere while it is under way: what the socket shows is told that. */
  override start(...args: [Transport, Parameters<Transport['connect']>[0], DialOptions, Settled]): void {
    const [leg = this.#before] = this.#legs.keys();
    leg!.start(...args);
  }

  /** Addresses have come. Those of a family that is not the first may have to `wait` some milliseconds for it. */
  add(candidates: readonly Candidate[], wait: number): void {
    const found = contextOf(this.#socket).worked?.of(this.#to.host);
    if (!this.#hasBegun && !this.#hasMore) {
      this.#socket.autoSelectFamilyAttemptedAddresses = [];
      if (!this.#isRace) this.#turn = Number(candidates[0].family === 6);
    }
    for (const candidate of candidates) {
      const queue = this.#queues[Number(candidate.family === 6)];
      if (this.#isRace && candidate.address === found?.address) queue.unshift(candidate);
      else queue.push(candidate);
    }
    if (wait > 0 && !this.#hasBegun) this.#after(wait);
    else if (!this.#hasBegun || this.#timer === null) this.next();
  }

  /** Starts the next attempt, if one may start. A loop, as a resolver says how many candidates are passed over. */
  next(): void {
    this.#stopTimer();
    const socket = this.#socket;
    while (this.#goesOn && !socket[state].isAborted && this.#legs.size < MOST && !(this.#isFixed && this.#legs.size > 0)) {
      const candidate = this.#take();
      if (candidate === undefined) {
        if (this.#legs.size === 0 && this.isComplete && this.#errors.length > 0) this.#fail();
        return;
      }
      const { address, port, transport } = candidate;
      const refusal = isBlocked(socket.blockList, address) ? addressBlocked(address)
        : transport === undefined ? noTransport(`${address}:${port}`) : null;
      if (refusal === null) {
        this.#dial(candidate, transport!);
        return;
      }
      if (!this.#failed(refusal, candidate)) return;
    }
  }

  override hold(on: boolean): void {
    for (const leg of this.#legs.keys()) leg.hold(on);
  }

  override abandon(released: (() => void) | null = null): boolean {
    this.#stopTimer();
    let left = 0;
    const one = (): void => {
      if (--left === 0) released?.();
    };
    for (const leg of this.#legs.keys()) if (leg.abandon(one)) left++;
    this.#legs.clear();
    return left > 0;
  }

  #take(): Candidate | undefined {
    const { length } = this.#queues[this.#turn];
    if (this.#taken[this.#turn] === length) this.#turn = 1 - this.#turn;
    const at = this.#turn;
    this.#turn = 1 - at;
    return this.#taken[at] < this.#queues[at].length ? this.#queues[at][this.#taken[at]++] : undefined;
  }

  #dial(candidate: Candidate, transport: Transport): void {
    const socket = this.#socket;
    const dialState = socket[state];
    const { address, port, family } = candidate;
    socket.emit('connectionAttempt', address, port, family);
    // A listener may have destroyed the socket, and sent it elsewhere.
    const opened = this.#hasBegun ? null : this.#before;
    if (!this.#goesOn || opened?.dialled === true) return;
    socket.autoSelectFamilyAttemptedAddresses!.push(`${address}:${port}`);
    this.#first ??= candidate;
    const endpoint = inet(address, port, family);
    if (opened !== null && isOfOther(dialState, transport)) {
      // Told to connect by another transport meanwhile.
      socket.destroy(systemError({ code: 'EINVAL', syscall: 'connect', endpoint, errors: systemErrors() }));
      return;
    }
    // What the socket has is dialled first.
    const leg = opened ?? new Attempt(null);
    this.#legs.set(leg, candidate);
    leg.start(transport, endpoint, this.#to.near, (_, error) => {
      if (error === null) this.#won(leg, candidate, transport);
      else this.#lost(leg, error, candidate);
    });
    if (this.#legs.size === 1) this.#show(leg, transport);
    else dialState.join(leg.connection!);
    if (this.#isRace || this.#hasMore) this.#after(this.#to.attemptTimeout);
  }

  /** The connection of an attempt is what the socket shows as its own; between two it has none. */
  #show(leg: Attempt | undefined, transport: Transport | null): void {
    this.#hasBegun = true;
    this.connection = leg?.connection ?? null;
    this.#handle = this.connection?.native ?? this.#handle;
    this.#socket[state].transport = transport;
    this.#socket[state].begin(this);
  }

  #after(milliseconds: number): void {
    this.#stopTimer();
    this.#timer = contextOf(this.#socket).clock.setTimeout(() => {
      this.#timer = null;
      if (this.#isRace) this.next();
      else this.#drop();
    }, milliseconds);
  }

  #stopTimer(): void {
    if (this.#timer !== null) contextOf(this.#socket).clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Node's way: the attempt that is under way has had its time. */
  #drop(): void {
    const socket = this.#socket;
    const [first] = this.#legs;
    // The socket may have been sent elsewhere meanwhile.
    if (first === undefined || !this.#goesOn || this.#isFixed) return;
    const [leg, { address, port, family }] = first;
    socket.emit('connectionAttemptTimeout', address, port, family);
    if (!this.#goesOn) return;
    const endpoint = inet(address, port, family);
    this.#errors.push(systemError({ code: 'ETIMEDOUT', syscall: 'connect', endpoint, errors: systemErrors() }));
    leg.abandon();
    this.#leave(leg);
    this.next();
  }

  #won(leg: Attempt, candidate: Candidate, transport: Transport): void {
    this.#legs.delete(leg);
    if (this.#isFixed && leg.connection !== this.connection) {
      leg.abandon();
      return;
    }
    this.abandon();
    const net = contextOf(this.#socket);
    if (this.#isRace && candidate !== this.#first) (net.worked ??= new WhatWorked(net.clock)).keep(this.#to.host, candidate);
    this.#socket[state].transport = transport;
    finishConnect(this.#socket, leg);
  }

  #lost(leg: Attempt, error: Error, candidate: Candidate): void {
    const { host } = this.#to;
    const { worked } = contextOf(this.#socket);
    if (worked?.of(host)?.address === candidate.address) worked.forget(host);
    this.#leave(leg);
    if (this.#failed(error, candidate)) this.next();
  }

  /** An attempt is over. Another one that is under way is what the socket shows then. */
  #leave(leg: Attempt): void {
    this.#legs.delete(leg);
    const [next] = this.#legs.keys();
    if (leg.connection === this.connection) this.#show(next, this.#socket[state].transport);
  }

  /** Whether the next one is to be tried. */
  #failed(error: Error, { address, port, family }: Candidate): boolean {
    const socket = this.#socket;
    this.#errors.push(error);
    // A near end that cannot be bound comes before there is an attempt.
    if ((error as { syscall?: string }).syscall !== 'bind') socket.emit('connectionAttemptFailed', address, port, family, error);
    if (!this.#goesOn) return false;
    if (!this.#isFixed || this.#legs.size > 0) return true;
    socket.destroy(error);
    return false;
  }

  #fail(): void {
    const errors = this.#errors;
    const what = this.#isRace ? `connect: no address of ${this.#to.host} could be reached` : undefined;
    this.#socket.destroy(this.#isRace && errors.length === 1 ? errors[0] : allAttemptsFailed(errors, what));
  }

  /**
   * Node's tls uses this very handle (`tls.connect({ socket })` on a socket that is still connecting) and cannot move to that of another
   * attempt: Node itself crashes.
   */
  get #isFixed(): boolean {
    return !this.#socket[state].movesTls && isUnderTls(this.#handle);
  }
}
