/** What happens in a network, as its observer gets it. */
export interface NetworkEvent {
  /** Milliseconds. */
  readonly at: number;
  /** `connect`, `established`, `send`, `arrive`, ... */
  readonly kind: EventKind;
  /** The host where it happens. */
  readonly host: string;
  /** The number of the connection, from 1; 0 where it is about none. */
  readonly connection: number;
  /** `10.0.0.1:80`, or a path: where it happens, and the other end. */
  readonly local: string;
  /** The other end of it; empty where there is none. */
  readonly remote: string;
  /** How many bytes it is about; 0 where it is about none. */
  readonly bytes: number;
  /** A copy of what was sent or has arrived. */
  readonly data: Uint8Array | null;
  /** An error's code, or other words. */
  readonly note: string;
}

/** What can happen in a network. */
export type EventKind =
  | 'listen' | 'unlisten' | 'connect' | 'lost' | 'refused' | 'dropped' | 'established' | 'accept' | 'send' | 'arrive' | 'read'
  | 'fin' | 'end' | 'reset' | 'fail' | 'close' | 'lookup' | 'host' | 'link';

/** Gets a report of everything that happens in a network. It must not change anything there. */
export type Observer = (event: NetworkEvent) => void;
