import { isIP } from '@netstrata/ip-utils';
import { isSystemError, systemError, type Connection, type ConnectSink, type NameEndpoint } from '@netstrata/transport';
import { LayerConnection } from '@netstrata/transport/layers';
import type { Verdict } from '../rules/judge.js';
import { plainName } from '../rules/rule.js';
import { Reaching, type Wanting } from './reaching.js';
import { secure } from './secure.js';
import type { Gatekeeper } from './gatekeeper.js';

/** A connection to where a client wants to go. The gate looks at what passes, and hears what comes of it. */
export class Outbound extends LayerConnection implements Wanting {
  readonly #gate: Gatekeeper;
  /** A host that was asked for, be it an address, and a port. */
  readonly #asked: NameEndpoint;
  #reaching: Reaching | null;
  #giveUp: (() => void) | null = null;

  constructor(sink: ConnectSink, gate: Gatekeeper, asked: NameEndpoint) {
    super(sink);
    this.#gate = gate;
    this.#asked = asked;
    this.#reaching = new Reaching(gate.settings, asked.port, this);
  }

  start(): this {
    const { host, port } = this.#asked;
    const { judge } = this.#gate;
    const isAddress = isIP(host) !== 0;
    const answer = isAddress ? judge.address(host, port) : judge.name(host, port);
    if (answer !== null && 'reason' in answer) this.forbidden(answer);
    else if (answer === null) this.#reaching!.toAddress(host);
    else this.#reaching!.toName(host, answer, (name, done) => { this.#gate.lookUp(name, done); });
    return this;
  }

  /** @internal */
  forbidden({ reason, text }: Verdict): void {
    this.#gate.refused(this.#asked, reason, text);
    this.fail(systemError({ code: 'EACCES', syscall: 'connect', endpoint: this.#asked }));
  }

  /** @internal */
  unreachable(error: Error): void {
    const isUnknown = isSystemError(error) && error.syscall === 'getaddrinfo';
    this.#gate.refused(this.#asked, isUnknown ? 'unresolved' : 'failed', error.message);
    this.fail(error);
  }

  /** @internal */
  reached(connection: Connection): void {
    const { host, port } = this.#asked;
    this.#reaching = null;
    const trusting = this.#gate.tlsTo(host, port);
    if (trusting === null) {
      this.#stands(connection);
      return;
    }
    this.#giveUp = secure(connection, plainName(host), trusting, (error, secured) => {
      this.#giveUp = null;
      if (secured === null) this.unreachable(error!);
      else this.#stands(secured);
    });
  }

  #stands(connection: Connection): void {
    this.attach(this.#gate.metered(connection, this.#asked)).onConnect();
  }

  protected override connected(): void {
    this.opened();
  }

  protected override ended(): void {}

  protected override stopped(): void {
    this.#reaching?.cancel();
    this.#reaching = null;
    this.#giveUp?.();
    this.#giveUp = null;
  }
}
