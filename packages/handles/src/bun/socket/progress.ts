/** Owns how far a connection has come: bits of one number. */

/** `readStart` is in force. */
export const READING = 1 << 0;
/** Bun was told to read no more. */
export const PAUSED = 1 << 1;
/** The peer's end was reported. */
export const ENDED = 1 << 2;
/** The peer's end came while it could not be reported. */
export const END_HELD = 1 << 3;
/** Closed, failed or given away: nothing but the `onClose` of a close may be reported from then on. */
export const CLOSED = 1 << 4;
/** The native socket is no more; the connection stays until it is closed. */
export const GONE = 1 << 5;
export const SHUT_ASKED = 1 << 6;
/** Inside a native call: what is called meanwhile is reported later. */
export const CALLING = 1 << 7;
/** What is held will be delivered in the next tick. */
export const WAKING = 1 << 8;
export const UNREFERENCED = 1 << 9;
/** The native socket does not hold the process. */
export const LET_GO = 1 << 10;
/** At the end of the turn it is looked at whether the connection is still stopped. */
export const SETTLING = 1 << 11;
export const CONNECTING = 1 << 12;
/** A write has failed, which is not reported yet. */
export const FAILING = 1 << 13;
/** The runtime's tls reads and writes. */
export const LENT = 1 << 14;
/** The native socket was made and leads nowhere. */
export const UNUSED = 1 << 15;
/** Somebody else has closed the native socket. */
export const CLOSED_OUTSIDE = 1 << 16;
