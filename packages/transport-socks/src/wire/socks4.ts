import type { ByteReader } from '@netstrata/stream-core/reader';
import { isNameEndpoint } from '@netstrata/transport';
import { bytesOf, inetOf, type Place } from './address.js';
import { concat, encode } from './bytes.js';
import type { Dialogue, Granted, Refused } from './dialogue.js';
import { Malformed } from './malformed.js';

const CONNECT = 1;

/** Replies; all others are refusals. */
const GRANTED = 0x5a;
const NO_IDENTD = 0x5c;
const OTHER_IDENTD = 0x5d;

const REPLY_SIZE = 8;
/** An address that cannot be says that a name follows (SOCKS4A). */
const NAME_FOLLOWS = [0, 0, 0, 1];

/** SOCKS4 (https://www.openssh.com/txt/socks4.protocol) and SOCKS4A (socks4a.protocol, beside it): the client's side. */
export class Socks4Dialogue implements Dialogue {
  readonly opening: Uint8Array;
  readonly isOneFlight = true;

  /** An IPv4 address, or of SOCKS4A a name. The user has no NUL. */
  constructor(place: Place, user: string) {
    const port = [place.port >> 8, place.port & 255];
    const [address, name] = isNameEndpoint(place) ? [NAME_FOLLOWS, concat(encode(place.host), [0])] : [bytesOf(place.address), []];
    this.opening = concat([4, CONNECT], port, address, encode(user), [0], name);
  }

  next(reader: ByteReader): Granted | Refused | null {
    const head = reader.peek(2);
    if (head === null) return null;
    // The version of the reply, which is 0. Some say 4.
    if (head[0] !== 0 && head[0] !== 4) throw new Malformed('no reply of SOCKS4');
    const code = head[1];
    if (code === NO_IDENTD || code === OTHER_IDENTD) return { code: 'EACCES', text: 'the proxy does not accept the user' };
    if (code !== GRANTED) return { code: 'ECONNREFUSED' };
    const reply = reader.take(REPLY_SIZE);
    return reply && { bound: inetOf(reply.subarray(4), reply[2] * 256 + reply[3]) };
  }
}
