import type { Encounters } from '../base/encounters.js';
import type { EventKind } from '../base/network-event.js';
import type { Limits } from '../base/limits.js';

/** What both ends of a connection may know of each other's host. */
export interface HostStatus {
  readonly name: string;
  readonly isUp: boolean;
  readonly isPaused: boolean;
  readonly encounters: Encounters;
}

/** What a flow asks of the connection at either of its ends. */
interface FlowEnd {
  readonly host: HostStatus;
  readonly limits: Readonly<Limits>;
  /** Its host has crashed since the connection was made: its kernel is gone, even if the host is up again. */
  readonly hasCrashed: boolean;
  /** Its kernel does not know the connection any more. */
  readonly isForgotten: boolean;
  /** A packet of the peer has arrived. */
  packetArrived(): void;
  /** An RST, or what comes to the same. */
  resetArrived(code: 'ECONNRESET' | 'ETIMEDOUT'): void;
  /** Reports an event to the observer of the network. */
  note(kind: EventKind, bytes: number, data?: Uint8Array | null): void;
}

/** What a flow asks of the connection that sends. */
export interface Sender extends FlowEnd {
  /** The flow in the other direction: an RST of the peer arrives behind what is in flight there. */
  readonly incoming: { readonly rest: number } | null;
  /** The kernel has accepted all that was pending. */
  written(): void;
  /** The memory that was written has been detached or made smaller: it cannot be sent. */
  writtenIsGone(): void;
  /** The end was acknowledged. */
  forgetIfOver(): void;
}

/** What a flow asks of the connection that receives. */
export interface Receiver extends FlowEnd {
  /** Whether its program may still read. */
  readonly isHere: boolean;
  readonly isReading: boolean;
  /** Whether copies of bytes are worth making for events. */
  readonly isObserved: boolean;
  /** The peer's kernel knows that the connection is made. */
  opened(): void;
  readable(): void;
  endHasArrived(): void;
  /** Bytes have arrived that its program will not read. */
  refuse(): void;
}
