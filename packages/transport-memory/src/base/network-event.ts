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
  readonly remote: string;
  readonly bytes: number;
  /** A copy of what was sent or has arrived. */
  readonly data: Uint8Array | null;
  /** An error's code, or other words. */
  readonly note: string;
}

export type EventKind =
  | 'listen' | 'unlisten' | 'connect' | 'lost' | 'refused' | 'dropped' | 'established' | 'accept' | 'send' | 'arrive' | 'read'
  | 'fin' | 'end' | 'reset' | 'fail' | 'close' | 'lookup' | 'host' | 'link';

export type Observer = (event: NetworkEvent) => void;
