import { isSystemError, type Acceptor, type Connection, type Endpoint, type InetEndpoint, type Listener } from '@netstrata/transport';
import { Timeout } from '@netstrata/transport/layers';
import { replyOfErrno } from '../wire/replies.js';
import type { ServerSettings } from './server-options.js';

/** How long a port waits for the next BIND of its client, when somebody has connected. */
const LINGER_MS = 5000;
/** Connections that may wait for that at one port; those beyond are reset. */
const MOST_WAITING = 128;

/** A client's BIND. */
export interface Binder {
  /** Whose it is: only who has had a port may have it again. Null where that cannot be told. */
  readonly owner: string | null;
  listens(local: InetEndpoint): void;
  accepted(connection: Connection): void;
  /** @param reply what SOCKS5 has for the reason */
  refused(reply: number): void;
}

/** An address, null for all, and a port. */
export interface Wish {
  readonly address: string | null;
  readonly port: number;
}

const nothing = (): void => {};

const inet = (endpoint: Endpoint | null): InetEndpoint | null => (endpoint !== null && 'address' in endpoint ? endpoint : null);

const keyOf = (address: string | null, port: number): string => `${address ?? '*'} ${port}`;

/**
 * The ports that clients listen on. A BIND is for one connection; the port stays for a while after it, and whoever connects meanwhile
 * waits, so that the client can ask for the same one again.
 */
export class BoundPorts {
  readonly settings: ServerSettings;
  readonly #ports = new Map<string, BoundPort>();
  /** Those that wait for the next BIND. */
  readonly kept = new Set<BoundPort>();
  /** Connections that wait at them, together. */
  held = 0;

  constructor(settings: ServerSettings) {
    this.settings = settings;
  }

  /** To be started. Null if somebody has it. */
  of(wish: Wish, binder: Binder): BoundPort | null {
    const known = this.#ports.get(keyOf(wish.address, wish.port));
    if (known === undefined) return new BoundPort(this, wish, binder);
    return known.take(binder) ? known : null;
  }

  add(port: BoundPort, key: string): void {
    this.#ports.set(key, port);
  }

  remove(port: BoundPort, key: string): void {
    if (this.#ports.get(key) === port) this.#ports.delete(key);
  }
}

export class BoundPort implements Acceptor {
  readonly #ports: BoundPorts;
  readonly #wish: Wish;
  readonly #owner: string | null;
  #binder: Binder | null;
  #listener: Listener | null = null;
  #local: InetEndpoint | null = null;
  #key = '';
  readonly #timeout: Timeout;
  readonly #waiting: Connection[] = [];
  #whenClosed: (() => void) | null = null;
  #isClosing = false;

  constructor(ports: BoundPorts, wish: Wish, binder: Binder) {
    this.#ports = ports;
    this.#wish = wish;
    this.#owner = binder.owner;
    this.#timeout = new Timeout(ports.settings.timers);
    this.#binder = binder;
  }

  /** May tell the binder at once. Throws what `listen` throws. */
  start(): void {
    if (this.#local === null) this.#listen();
    else {
      this.#binder!.listens(this.#local);
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#ports.held--;
      this.#give(next);
    }
  }

  #listen(): void {
    const { address, port } = this.#wish;
    const family = address?.includes(':') === true ? 'IPv6' : 'IPv4';
    const endpoint = address === null ? { port } : ({ address, port, family } as const);
    this.#listener = this.#ports.settings.listenOver.listen!(endpoint, this);
  }

  /** The next BIND of the same client, while it has none that waits. */
  take(binder: Binder): boolean {
    if (this.#binder !== null || binder.owner !== this.#owner) return false;
    this.#binder = binder;
    this.#ports.kept.delete(this);
    this.#timeout.stop();
    return true;
  }

  /** The client does not wait any more: nobody listens on the port when `closed` is called. */
  leave(closed: () => void): void {
    this.#binder = null;
    this.#whenClosed = closed;
    this.#close();
  }

  #close(): void {
    if (this.#isClosing) return;
    this.#gone();
    this.#listener?.close();
  }

  /** Nobody gets it any more. */
  #gone(): void {
    this.#isClosing = true;
    this.#timeout.stop();
    this.#ports.kept.delete(this);
    this.#ports.remove(this, this.#key);
  }

  #give(connection: Connection): void {
    const binder = this.#binder!;
    this.#binder = null;
    this.#keep();
    binder.accepted(connection);
  }

  /** For the next BIND: of a client that is known, and no more ports than there may be clients. */
  #keep(): void {
    const { settings: { maxConnections }, kept } = this.#ports;
    if (this.#owner === null || kept.size >= maxConnections) {
      this.#close();
      return;
    }
    kept.add(this);
    this.#timeout.start(LINGER_MS, () => { this.#close(); });
  }

  /** Until it is somebody's: nobody reads from it, and if it fails, it never was. */
  #hold(connection: Connection): void {
    const [waiting, ports] = [this.#waiting, this.#ports];
    const onClose = (): void => {
      const at = waiting.indexOf(connection);
      if (at < 0) return;
      waiting.splice(at, 1);
      ports.held--;
    };
    connection.sink = { onData: nothing, onEnd: nothing, onWriteDone: nothing, onShutdownDone: nothing, onClose };
    waiting.push(connection);
    ports.held++;
  }

  // ---- reports of the listener ---------------------------------------------------------------------------------------

  /** @internal */
  onListening(): void {
    this.#local = inet(this.#listener!.local);
    if (this.#local === null || this.#binder === null) {
      this.#close();
      return;
    }
    this.#key = keyOf(this.#wish.address, this.#local.port);
    this.#ports.add(this, this.#key);
    this.#binder.listens(this.#local);
  }

  /** @internal */
  onConnection(connection: Connection): void {
    const { held, settings: { maxConnections } } = this.#ports;
    if (this.#binder !== null) this.#give(connection);
    else if (this.#waiting.length < MOST_WAITING && held < maxConnections) this.#hold(connection);
    else connection.abort();
  }

  /** @internal */
  onAcceptError(): void {}

  /** @internal */
  onClose(error: Error | null): void {
    this.#gone();
    this.#ports.held -= this.#waiting.length;
    for (const connection of this.#waiting.splice(0)) connection.abort();
    const [binder, whenClosed] = [this.#binder, this.#whenClosed];
    this.#binder = null;
    binder?.refused(replyOfErrno(isSystemError(error) ? error.code : ''));
    whenClosed?.();
  }
}
