import type { ConnectOptions, Transport } from '@netstrata/transport';
import { systemError } from '@netstrata/transport';
import type { Attempt } from './attempt.js';
import { isBlocked } from './blocked.js';
import type { Timer } from './clock.js';
import { contextOf } from './context.js';
import { inet } from './endpoints.js';
import { addressBlocked, allAttemptsFailed, connectionTimeout } from './errors.js';
import { systemErrors } from './host.js';
import { socketState } from './socket-state.js';
import type { Socket } from './socket.js';

export interface Candidate {
  readonly address: string;
  readonly port: number;
  readonly family: number;
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
export function dialInTurn(socket: Socket, transport: Transport, candidates: readonly Candidate[], near: ConnectOptions, attemptTimeout: number): void {
  new Turns(socket, transport, candidates, near, attemptTimeout).next();
}

class Turns {
  readonly #socket: Socket;
  readonly #transport: Transport;
  readonly #candidates: readonly Candidate[];
  readonly #near: ConnectOptions;
  readonly #attemptTimeout: number;
  readonly #errors: Error[] = [];
  #current = 0;
  #timer: Timer | null = null;
  /** The handle of the attempt under way. */
  #handle: unknown = null;

  constructor(socket: Socket, transport: Transport, candidates: readonly Candidate[], near: ConnectOptions, attemptTimeout: number) {
    this.#socket = socket;
    this.#transport = transport;
    this.#candidates = candidates;
    this.#near = near;
    this.#attemptTimeout = attemptTimeout;
    socket.autoSelectFamilyAttemptedAddresses = [];
  }

  next(): void {
    const socket = this.#socket;
    const candidate = this.#candidates[this.#current];
    if (candidate === undefined) {
      socket.destroy(this.#errors.length === 0 ? connectionTimeout() : allAttemptsFailed(this.#errors));
      return;
    }
    this.#current++;
    const { address, port, family } = candidate;
    if (isBlocked(socket.blockList, address)) {
      this.#failed(addressBlocked(address), candidate);
      return;
    }
    socket.emit('connectionAttempt', address, port, family);
    if (!socket.connecting) return;
    socket.autoSelectFamilyAttemptedAddresses!.push(`${address}:${port}`);
    const own = socketState(socket);
    own.dial(this.#transport, inet(address, port, family), this.#near, (settled, error) => {
      this.#settled(settled, error, candidate);
    });
    const attempt = own.attempt!;
    this.#handle = attempt.connection!.native;
    if (this.#current < this.#candidates.length) {
      this.#timer = contextOf(socket).clock.setTimeout(() => {
        this.#timedOut(attempt, candidate);
      }, this.#attemptTimeout);
    }
  }

  #settled(attempt: Attempt, error: Error | null, candidate: Candidate): void {
    this.#stopTimer();
    if (error === null) socketState(this.#socket).connected(attempt);
    else this.#failed(error, candidate);
  }

  #failed(error: Error, { address, port, family }: Candidate): void {
    const socket = this.#socket;
    if (socketState(socket).attempt?.dialled) socketState(socket).failed();
    this.#errors.push(error);
    // A near end that cannot be bound comes before there is an attempt.
    if ((error as { syscall?: string }).syscall !== 'bind') socket.emit('connectionAttemptFailed', address, port, family, error);
    if (!socket.connecting) return;
    if (isUnderTls(this.#handle)) socket.destroy(error);
    else this.next();
  }

  #timedOut(attempt: Attempt, { address, port, family }: Candidate): void {
    const socket = this.#socket;
    if (socketState(socket).attempt !== attempt || isUnderTls(this.#handle)) return;
    socket.emit('connectionAttemptTimeout', address, port, family);
    if (!socket.connecting) return;
    this.#errors.push(systemError({ code: 'ETIMEDOUT', syscall: 'connect', endpoint: inet(address, port, family), errors: systemErrors() }));
    attempt.abandon();
    socketState(socket).failed();
    this.next();
  }

  #stopTimer(): void {
    if (this.#timer === null) return;
    contextOf(this.#socket).clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/**
 * Node's tls stands on this very handle (`tls.connect({ socket })` on a socket that is still connecting) and cannot move to that of another
 * attempt: Node itself crashes. It is tls that makes `reading` an accessor.
 */
function isUnderTls(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && Object.getOwnPropertyDescriptor(handle, 'reading')?.get !== undefined;
}
