import { descriptorOf } from '@netstrata/stream-core';
import type { DialOptions, Transport } from '@netstrata/transport';
import { systemError } from '@netstrata/transport';
import type { Attempt } from './attempt.js';
import { finishConnect, isStillAt, startAttempt, type DiallingSocket } from './dialling-socket.js';
import { state } from '../shared/socket-face.js';
import { isBlocked } from '../args/address-checker.js';
import { contextOf } from '../shared/context.js';
import { inet } from '../args/endpoints.js';
import { addressBlocked, allAttemptsFailed, connectionTimeout, noTransport } from '../args/errors.js';
import { systemErrors } from '../runtime/runtime.js';

export interface Candidate {
  readonly address: string;
  readonly port: number;
  readonly family: number;
  /** What carries it; undefined where no route does. */
  readonly transport: Transport | undefined;
}

/** Families in turn, beginning with that of the first address (RFC 8305, section 4). */
export function interleaved(candidates: readonly Candidate[]): Candidate[] {
  const first = candidates[0].family;
  const preferred = candidates.filter(({ family }) => family === first);
  const others = candidates.filter(({ family }) => family !== first);
  const order: Candidate[] = [];
  for (let i = 0; i < Math.max(preferred.length, others.length); i++) {
    if (preferred[i]) order.push(preferred[i]);
    if (others[i]) order.push(others[i]);
  }
  return order;
}

/** Tries the candidates one after the other; each but the last has `attemptTimeout` milliseconds. */
export function connectInTurn(
  socket: DiallingSocket, candidates: readonly Candidate[], near: DialOptions, attemptTimeout: number,
): void {
  new Turns(socket, candidates, near, attemptTimeout).next();
}

class Turns {
  readonly #socket: DiallingSocket;
  readonly #candidates: readonly Candidate[];
  readonly #near: DialOptions;
  readonly #attemptTimeout: number;
  readonly #errors: Error[] = [];
  #current = 0;
  /** The attempt that the socket is at as long as it follows these turns; null between two. */
  #attempt: Attempt | null;
  /** The handle of the last attempt. */
  #handle: unknown = null;

  constructor(socket: DiallingSocket, candidates: readonly Candidate[], near: DialOptions, attemptTimeout: number) {
    this.#socket = socket;
    this.#candidates = candidates;
    this.#near = near;
    this.#attemptTimeout = attemptTimeout;
    this.#attempt = socket[state].details.attempt;
    socket.autoSelectFamilyAttemptedAddresses = [];
  }

  /** A loop, as a resolver says how many candidates are passed over. */
  next(): void {
    const socket = this.#socket;
    if (socket[state].isAborted) return;
    while (this.#current < this.#candidates.length) {
      const candidate = this.#candidates[this.#current++];
      const { address, port, transport } = candidate;
      const refusal = isBlocked(socket.blockList, address) ? addressBlocked(address)
        : transport === undefined ? noTransport(`${address}:${port}`) : null;
      if (refusal === null) {
        this.#try(candidate, transport!);
        return;
      }
      if (!this.#failed(refusal, candidate)) return;
    }
    socket.destroy(this.#errors.length === 0 ? connectionTimeout() : allAttemptsFailed(this.#errors));
  }

  #try(candidate: Candidate, transport: Transport): void {
    const socket = this.#socket;
    const { address, port, family } = candidate;
    socket.emit('connectionAttempt', address, port, family);
    if (!this.#goesOn || this.#attempt?.dialled) return;
    socket.autoSelectFamilyAttemptedAddresses!.push(`${address}:${port}`);
    const endpoint = inet(address, port, family);
    const isStarted = startAttempt(socket, transport, endpoint, this.#near, (settled, error) => {
      this.#settled(settled, error, candidate);
    });
    if (!isStarted) {
      // Told to connect by another transport meanwhile.
      socket.destroy(systemError({ code: 'EINVAL', syscall: 'connect', endpoint, errors: systemErrors() }));
      return;
    }
    const attempt = socket[state].details.attempt!;
    this.#attempt = attempt;
    this.#handle = attempt.connection!.native;
    if (this.#current < this.#candidates.length) {
      attempt.limit(contextOf(socket).clock, this.#attemptTimeout, () => { this.#timedOut(attempt, candidate); });
    }
  }

  /** A listener may have destroyed the socket, and sent it elsewhere. */
  get #goesOn(): boolean {
    return isStillAt(this.#socket, this.#attempt);
  }

  #settled(attempt: Attempt, error: Error | null, candidate: Candidate): void {
    if (error === null) finishConnect(this.#socket, attempt);
    else if (this.#failed(error, candidate)) this.next();
  }

  /** Whether the next one is to be tried. */
  #failed(error: Error, { address, port, family }: Candidate): boolean {
    const socket = this.#socket;
    if (this.#attempt?.dialled) this.#leave();
    this.#errors.push(error);
    // A near end that cannot be bound comes before there is an attempt.
    if ((error as { syscall?: string }).syscall !== 'bind') socket.emit('connectionAttemptFailed', address, port, family, error);
    if (!this.#goesOn) return false;
    if (!this.#isFixed) return true;
    socket.destroy(error);
    return false;
  }

  #timedOut(attempt: Attempt, { address, port, family }: Candidate): void {
    const socket = this.#socket;
    if (socket[state].details.attempt !== attempt || this.#isFixed) return;
    socket.emit('connectionAttemptTimeout', address, port, family);
    if (!this.#goesOn) return;
    const endpoint = inet(address, port, family);
    this.#errors.push(systemError({ code: 'ETIMEDOUT', syscall: 'connect', endpoint, errors: systemErrors() }));
    attempt.abandon();
    this.#leave();
    this.next();
  }

  /**
   * Node's tls uses this very handle (`tls.connect({ socket })` on a socket that is still connecting) and cannot move to that of another
   * attempt: Node itself crashes.
   */
  get #isFixed(): boolean {
    return !this.#socket[state].movesTls && isUnderTls(this.#handle);
  }

  #leave(): void {
    this.#attempt = null;
    const dialState = this.#socket[state];
    dialState.put('attempt', null);
    dialState.connection = null;
  }
}

/** It is tls that makes `reading` an accessor. */
export function isUnderTls(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && descriptorOf(handle, 'reading')?.get !== undefined;
}
