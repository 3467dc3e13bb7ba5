import type { DialEndpoint, Endpoint, ListenEndpoint, NameEndpoint } from '../../contract/endpoint.js';
import type { DialOptions, ResolvingTransport, Transport } from '../../contract/transport.js';
import type { Bench, Pair } from './bench.js';
import { End } from './end.js';
import { Intake } from './intake.js';
import type { Scope } from './scope.js';
import type { TransportSubject } from '../subject/subject.js';

/** Opens listeners and connections of the transport under test. */
export class Dialer {
  readonly subject: TransportSubject;

  constructor(subject: TransportSubject) {
    this.subject = subject;
  }

  get listening(): Transport {
    return this.subject.listening ?? this.subject.transport;
  }

  /** A listener before its first event. */
  open(scope: Scope, endpoint: ListenEndpoint | NameEndpoint): Intake {
    return new Intake(scope, this.listening, endpoint);
  }

  async listen(scope: Scope): Promise<Intake> {
    const intake = this.open(scope, await this.subject.listenEndpoint());
    await intake.event('listening');
    return intake;
  }

  /** A name only where the transport takes names. */
  connect(scope: Scope, endpoint: DialEndpoint, options?: DialOptions): End {
    const end = new End(scope, 'dialling end');
    end.connection = scope.call(() => (this.subject.transport as ResolvingTransport).connect(endpoint, end, options));
    return end;
  }

  endpointOf(intake: Intake): Endpoint {
    return this.subject.dialEndpoint?.(intake.listener) ?? intake.listener.local!;
  }

  /** A name that leads to a listener. */
  nameOf(intake: Intake): NameEndpoint {
    return this.subject.nameEndpoint?.(intake.listener) ?? { host: 'localhost', port: (intake.listener.local as { port: number }).port };
  }

  /** Connects to a listener, and finds the end that it accepted: its only one. */
  async meet(scope: Scope, intake: Intake, options?: DialOptions): Promise<Pair> {
    const already = intake.ends.length;
    const a = this.connect(scope, this.endpointOf(intake), options);
    await a.event('connect');
    const ends = await intake.accepted(already + 1);
    return { a, b: ends[already] };
  }

  async pair(scope: Scope, options?: DialOptions): Promise<Pair> {
    return this.meet(scope, await this.listen(scope), options);
  }

  /** Where no listener is any more, unless the subject knows a better place. */
  async dead(bench: Bench): Promise<Endpoint> {
    if (this.subject.deadEndpoint) return this.subject.deadEndpoint();
    const intake = await this.listen(bench.scope);
    const endpoint = this.endpointOf(intake);
    intake.close();
    await intake.event('close');
    return endpoint;
  }
}
