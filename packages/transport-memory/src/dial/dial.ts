import { isPathEndpoint, systemError, type AddressAndPort, type Endpoint, type SystemError } from '@netstrata/transport';
import type { Time } from '../base/time.js';
import { Flow } from '../flow/flow.js';
import type { MemoryConnection } from '../kernel/connection.js';
import type { Dialling } from '../kernel/kernel-end.js';
import type { MemoryListener } from '../kernel/listener.js';
import type { Path } from '../link/path.js';

/** Linux repeats a SYN after a second, then after two, four, ... */
const FIRST_RETRY = 1000;

/** Where a dial goes. */
export interface Route {
  readonly path: Path;
  readonly back: Path;
  /** Whether the host there answers, as it is when the SYN arrives. */
  readonly isAnswering: () => boolean;
  /** What listens there, as it is when the SYN arrives; null where the dial is refused. */
  readonly find: () => MemoryListener | null;
  /** A new connection there. */
  readonly createPeer: () => MemoryConnection;
  /** The addresses that the accepted connection has. */
  readonly ends: (listener: MemoryListener) => readonly [local: Endpoint, remote: Endpoint | null];
  /** The near end that the caller asked for, for errors. */
  readonly near: AddressAndPort | null;
}

/** Makes a connection: SYN, SYN-ACK, ACK. Owns the attempts, and the half-open peer. */
export class Dial implements Dialling {
  readonly #connection: MemoryConnection;
  readonly #endpoint: Endpoint;
  readonly #route: Route;
  readonly #time: Time;
  #peer: MemoryConnection | null = null;
  #refusal: string | null = null;
  #attempts = 0;
  #timer: unknown = null;
  #isCancelled = false;

  constructor(connection: MemoryConnection, endpoint: Endpoint, route: Route, time: Time) {
    this.#connection = connection;
    this.#endpoint = endpoint;
    this.#route = route;
    this.#time = time;
    connection.dialling = this;
  }

  cancel(): void {
    this.#isCancelled = true;
    if (this.#timer !== null) this.#time.cancel(this.#timer);
    this.#hangUp();
  }

  /** In a turn to come: nothing is known when `connect` returns. */
  begin(): void {
    this.#time.soon(dialAgain, this);
  }

  /** @internal */
  dialAgain(): void {
    if (this.#isOver) return;
    this.#timer = null;
    this.#send(this.#route.path, synArrives);
  }

  get #isOver(): boolean { return this.#isCancelled || this.#connection.hasCrashed; }

  #send(path: Path, arrives: (dial: Dial) => void): void {
    if (path.carry(this.#time, arrives, this, 0, FIRST_RETRY)) return;
    this.#connection.note('lost', 0);
    this.#retry();
  }

  /** @internal At the host that was dialled. */
  synArrived(): void {
    if (this.#isOver) return;
    if (!this.#route.isAnswering()) {
      this.#drop();
      return;
    }
    if (this.#peer === null || this.#peer.hasCrashed || this.#peer.isForgotten) {
      const listener = this.#route.find();
      this.#refusal = listener === null ? this.#refusalWithoutListener : null;
      if (listener !== null && !listener.hasRoom) {
        if (this.#connection.medium === 'tcp') {
          this.#drop();
          return;
        }
        this.#refusal = 'EAGAIN';
      }
      this.#peer = this.#refusal === null ? this.#createPeer(listener!) : null;
    }
    this.#send(this.#route.back, answerArrives);
  }

  /** For a socket file that is not there; for a port or an abstract name. */
  get #refusalWithoutListener(): string {
    return isPathEndpoint(this.#endpoint) && !this.#endpoint.path.startsWith('\0') ? 'ENOENT' : 'ECONNREFUSED';
  }

  #createPeer(listener: MemoryListener): MemoryConnection {
    const { path, back, createPeer, ends } = this.#route;
    const near = this.#connection;
    const peer = createPeer();
    peer.id = near.id;
    [peer.localEnd, peer.remoteEnd] = ends(listener);
    peer.outgoing = new Flow(peer, near, back, path, this.#time);
    near.incoming = peer.outgoing;
    near.outgoing = new Flow(near, peer, path, back, this.#time);
    peer.incoming = near.outgoing;
    listener.begins(peer);
    return peer;
  }

  /** @internal */
  answered(): void {
    if (this.#isOver) return;
    const connection = this.#connection;
    if (this.#refusal !== null) {
      connection.note('refused', 0, null, this.#refusal);
      connection.notConnected(this.#error(this.#refusal));
      return;
    }
    connection.note('established', 0);
    connection.connected();
    connection.outgoing!.open();
  }

  #drop(): void {
    this.#connection.note('dropped', 0);
    this.#retry();
  }

  #retry(): void {
    const wait = FIRST_RETRY * 2 ** this.#attempts++;
    const isLast = this.#attempts > this.#connection.limits.connectRetries;
    this.#timer = this.#time.after(wait, isLast ? giveUp : dialAgain, this);
  }

  /** The half-open peer is reset, if that gets through; otherwise it ends without a reset. */
  #hangUp(): void {
    if (this.#peer !== null) this.#route.path.carry(this.#time, hangUp, this.#peer);
  }

  #error(code: string): SystemError {
    return systemError({ code, syscall: 'connect', endpoint: this.#endpoint, local: this.#route.near });
  }

  /** @internal */
  giveUp(): void {
    this.#hangUp();
    if (!this.#connection.hasCrashed) this.#connection.notConnected(this.#error('ETIMEDOUT'));
  }
}

function hangUp(peer: MemoryConnection): void { peer.resetArrived('ECONNRESET'); }
function dialAgain(dial: Dial): void { dial.dialAgain(); }
function giveUp(dial: Dial): void { dial.giveUp(); }
function synArrives(dial: Dial): void { dial.synArrived(); }
function answerArrives(dial: Dial): void { dial.answered(); }
