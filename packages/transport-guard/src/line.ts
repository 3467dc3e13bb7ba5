/**
 * What `connection.ts` needs of a medium, without anything of netstrata: states to check, and `onChange`, which says when to check
 * again. It may be called at any time, from inside a call on the line too.
 */
export interface Line {
  onChange: () => void;
  /** The other end has answered. */
  readonly open: boolean;
  /** Why the line cannot be used any more. */
  readonly failure: Failure | null;
  /** The line is full: nothing more should be sent until the other end has read. */
  readonly congested: boolean;
  /** The other end has finished, and `read` has returned everything that it sent. */
  readonly ended: boolean;
  /** Takes all of the bytes, as many as there really are, and no longer uses their memory when it returns. */
  send(bytes: Uint8Array): void;
  /** The next bytes that have arrived, in memory that belongs to the caller and holds nothing else; null when there are none now. */
  read(): Uint8Array | null;
  /** Nothing more will be sent; what was sent arrives. */
  finish(): void;
  /** Leaves the line. What was sent arrives, and then an end. */
  hangUp(): void;
  /** Leaves the line, which fails at the other end. */
  reset(): void;
  /** Whether the line keeps the process alive. */
  ref(): void;
  unref(): void;
}

/** Nobody answered; the other end has reset the line; the other end has left, and something was sent to it. */
export type Failure = 'refused' | 'reset' | 'gone';

/** Incoming lines are answered until `stop`. */
export interface Service {
  stop(): void;
  ref(): void;
  unref(): void;
}
