/*
 * The frames of yamux (HashiCorp's specification): a header of 12 bytes, big-endian. Version (1 byte, 0), type (1), flags (2), stream (4),
 * length (4); behind the header of DATA so many bytes.
 */
export const HEADER = 12;

/** Bytes of a stream: `length` says how many follow. */
export const DATA = 0;
/** `length` more bytes may be sent. */
export const WINDOW_UPDATE = 1;
/** `length` is a value that the answer repeats. */
export const PING = 2;
/** No new streams; `length` is a reason. */
export const GO_AWAY = 3;

/** Opens a stream; of a ping: a request. */
export const SYN = 1;
/** Accepts a stream; of a ping: an answer. */
export const ACK = 2;
/** No more bytes come in this direction. */
export const FIN = 4;
/** The stream is gone, in both directions. */
export const RST = 8;

/** Reasons to go away. */
export const NORMAL = 0;
export const PROTOCOL_ERROR = 1;

/** What may be sent in each direction of a new stream, in bytes, without its headers. */
export const INITIAL_WINDOW = 262_144;

/** The last of the ids, which have 32 bits. */
export const LAST_ID = 0xffff_ffff;

/** Writes a header into memory that has room for it. */
export function putHeader(memory: Uint8Array, at: number, type: number, flags: number, id: number, length: number): void {
  memory[at] = 0;
  memory[at + 1] = type;
  memory[at + 2] = 0;
  memory[at + 3] = flags;
  putNumber(memory, at + 4, id);
  putNumber(memory, at + 8, length);
}

function putNumber(memory: Uint8Array, at: number, value: number): void {
  memory[at] = value >>> 24;
  memory[at + 1] = value >>> 16;
  memory[at + 2] = value >>> 8;
  memory[at + 3] = value;
}

/** Four bytes as a number that is not negative. */
export function numberAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
