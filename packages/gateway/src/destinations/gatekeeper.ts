import type { Connection, NameEndpoint } from '@netstrata/transport';
import type { StreamRefusal } from '../contract/events.js';
import type { Judge } from '../rules/judge.js';
import type { Dialler } from './reaching.js';
import type { Trusting } from './secure.js';

/** What a connection to a destination asks of the gate that it goes through, and tells it. */
export interface Gatekeeper {
  readonly settings: Dialler;
  readonly judge: Judge;
  /** Null where it is dialled as it is. */
  tlsTo(host: string, port: number): Trusting | null;
  /** Asks for the addresses of a name. Who does not wait any more has asked all the same: no resolver can be told to stop. */
  lookUp(host: string, answer: (error: Error | null, addresses: string[]) => void): void;
  /** It stands: from here on it is looked at. */
  metered(connection: Connection, to: NameEndpoint): Connection;
  refused(to: NameEndpoint, reason: StreamRefusal, text: string): void;
}
