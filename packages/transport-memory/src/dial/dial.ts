import { isPathEndpoint, systemError, type AddressAndPort, type Endpoint, type SystemError } from '@netstrata/transport';
import type { MemoryConnection } from '../kernel/connection.js';
import { Flow } from '../flow/flow.js';
import type { Host } from '../network/host.js';
import type { Dialling } from '../kernel/kernel-end.js';
import type { MemoryListener } from '../kernel/listener.js';
import type { Path } from '../link/path.js';

/** Linux asks again after a second, then after two, four, ... */
const FIRST_RETRY = 1000;

/** Where a dial goes. */
export interface Route {
  readonly host: Host;
  readonly path: Path;
  readonly back: Path;
  /** Who listens there, as it is when the question arrives. */
  readonly find: () => MemoryListener | null;
  /** What the accepted connection calls its own end and the other. */
  readonly ends: (listener: MemoryListener) => readonly [local: Endpoint, remote: Endpoint | null];
  /** Nobody there answers, or everybody is refused. */
  readonly isIgnored: () => boolean;
  /** What the near end was asked to be, for errors. */
  readonly near: AddressAndPort | null;
}

/** Makes a connection: a question, an answer, and the word that it was heard (SYN, SYN-ACK, ACK). */
export class Dial implements Dialling {
  readonly #connection: MemoryConnection;
  readonly #endpoint: Endpoint;
  readonly #route: Route;
  #peer: MemoryConnection | null = null;
  #refusal: string | null = null;
  #attempts = 0;
  #timer: unknown = null;
  #isCancelled = false;

  constructor(connection: MemoryConnection, endpoint: Endpoint, route: Route) {
    this.#connection = connection;
    this.#endpoint = endpoint;
    this.#route = route;
    connection.dialling = this;
  }

  cancel(): void {
    this.#isCancelled = true;
    if (this.#timer !== null) this.#time.cancel(this.#timer);
    this.#hangUp();
  }

  /** In a turn to come: nothing is known when `connect` returns. */
  begin(): void {
    this.#time.soon(askAgain, this);
  }

  #ask(): void {
    this.#timer = null;
    const { path } = this.#route;
    this.#send(path, () => { this.arrive(); });
  }

  get #time() { return this.#connection.stack.host.network.time; }

  #send(path: Path, arrive: () => void): void {
    const arrives = (): void => {
      if (!this.#isCancelled && !this.#connection.stack.isDead) arrive();
    };
    if (path.carry(this.#time, arrives, undefined, 0, FIRST_RETRY)) return;
    this.#connection.note('lost', 0);
    this.#later();
  }

  /** At the host that was asked. */
  arrive(): void {
    const { host } = this.#route;
    if (!host.isUp || this.#route.isIgnored()) {
      this.#drop();
      return;
    }
    if (this.#peer === null || this.#peer.stack.isDead || this.#peer.isForgotten) {
      const listener = this.#route.find();
      this.#refusal = listener === null ? this.#nobody : null;
      if (listener !== null && !listener.hasRoom) {
        if (this.#connection.medium === 'tcp') {
          this.#drop();
          return;
        }
        this.#refusal = 'EAGAIN';
      }
      this.#peer = this.#refusal === null ? this.#meet(listener!) : null;
    }
    this.#send(this.#route.back, () => { this.#answered(); });
  }

  /** A socket file that is not there, or nobody at a port or a name. */
  get #nobody(): string {
    return isPathEndpoint(this.#endpoint) && !this.#endpoint.path.startsWith('\0') ? 'ENOENT' : 'ECONNREFUSED';
  }

  #meet(listener: MemoryListener): MemoryConnection {
    const { host, path, back, ends } = this.#route;
    const one = this.#connection;
    const other = host.createConnection(one.medium);
    other.id = one.id;
    [other.localEnd, other.remoteEnd] = ends(listener);
    other.outgoing = new Flow(other, one, back, path);
    one.incoming = other.outgoing;
    one.outgoing = new Flow(one, other, path, back);
    other.incoming = one.outgoing;
    listener.comes(other);
    return other;
  }

  #answered(): void {
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
    this.#later();
  }

  #later(): void {
    const wait = FIRST_RETRY * 2 ** this.#attempts++;
    const isLast = this.#attempts > this.#connection.stack.host.limits.connectRetries;
    this.#timer = this.#time.after(wait, isLast ? giveUp : askAgain, this);
  }

  /** Whoever has answered learns that nobody is here, if that gets through; a half-made connection ends by itself otherwise. */
  #hangUp(): void {
    if (this.#peer !== null) this.#route.path.carry(this.#time, hangUp, this.#peer);
  }

  #error(code: string): SystemError {
    return systemError({ code, syscall: 'connect', endpoint: this.#endpoint, local: this.#route.near });
  }

  /** @internal */
  giveUp(): void {
    this.#hangUp();
    if (!this.#connection.stack.isDead) this.#connection.notConnected(this.#error('ETIMEDOUT'));
  }

  /** @internal */
  askAgain(): void {
    if (!this.#isCancelled && !this.#connection.stack.isDead) this.#ask();
  }
}

function hangUp(peer: MemoryConnection): void { peer.resetArrived('ECONNRESET'); }
function askAgain(dial: Dial): void { dial.askAgain(); }
function giveUp(dial: Dial): void { dial.giveUp(); }
