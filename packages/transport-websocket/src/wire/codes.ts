/* Status codes of close frames (RFC 6455 section 7.4). A browser lets its programs send only the first, and those from 3000 on. */

/** Everything was said: the one code that is an end. */
export const NORMAL = 1000;
/** A text message: only binary ones carry bytes. */
export const UNSUPPORTED = 1003;
/** There was no close frame. */
export const ABNORMAL = 1006;
/** `abort`. */
export const ABORTED = 4000;
/** A text message, or more than is kept, where the codes for that may not be sent. */
export const REFUSED = 4003;

/** `readyState` of a WebSocket. */
export const CONNECTING = 0;
export const OPEN = 1;
