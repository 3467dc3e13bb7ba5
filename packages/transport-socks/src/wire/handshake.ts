import type { ByteReader } from '@netstrata/stream-core/reader';
import { checkVersion, readMessage, type Message } from './address.js';
import { decode } from './bytes.js';
import { Malformed } from './malformed.js';
import { BY_PASSWORD, NO_AUTHENTICATION, NONE_ACCEPTABLE, TELLS_REMOTE, type Credentials } from './socks5.js';

const GREETING = 0;
const AUTHENTICATION = 1;
const REQUEST = 2;

export type Step =
  /** To be answered with the method that was chosen. */
  | { readonly method: number }
  /** Who says that they are somebody; null where the bytes are no text. */
  | { readonly credentials: Credentials | null }
  | { readonly request: Message };

/** SOCKS5: the server's side, which hears what clients say (RFC 1928 sections 3 and 4, RFC 1929). */
export class Handshake {
  readonly #method: number;
  #state = GREETING;
  #tellsRemote = false;

  constructor(asksForPassword: boolean) {
    this.#method = asksForPassword ? BY_PASSWORD : NO_AUTHENTICATION;
  }

  /** The client wants to hear where a name has led to. */
  get tellsRemote(): boolean {
    return this.#tellsRemote;
  }

  /** The next thing that a client has said, null while it is not whole. Throws Malformed. */
  next(reader: ByteReader): Step | null {
    if (this.#state === GREETING) return this.#greeting(reader);
    if (this.#state === AUTHENTICATION) return this.#credentials(reader);
    const request = readMessage(reader);
    return request && { request };
  }

  #greeting(reader: ByteReader): Step | null {
    checkVersion(reader);
    const head = reader.peek(2);
    if (head === null || reader.length < 2 + head[1]) return null;
    const methods = reader.take(2 + head[1])!.subarray(2);
    // As a client of this package asks: who offers more of the private methods may mean something else by it.
    const asks = methods.length === 2 && methods[0] === NO_AUTHENTICATION && methods[1] === TELLS_REMOTE;
    this.#tellsRemote = asks && this.#method === NO_AUTHENTICATION;
    if (!this.#tellsRemote && !methods.includes(this.#method)) return { method: NONE_ACCEPTABLE };
    this.#state = this.#method === BY_PASSWORD ? AUTHENTICATION : REQUEST;
    return { method: this.#tellsRemote ? TELLS_REMOTE : this.#method };
  }

  #credentials(reader: ByteReader): Step | null {
    const head = reader.peek(1);
    if (head !== null && head[0] !== 1) throw new Malformed('another version of authentication');
    const start = reader.peek(2);
    if (start === null) return null;
    const ofUser = reader.peek(2 + start[1] + 1);
    if (ofUser === null) return null;
    const sizes = [start[1], ofUser[2 + start[1]]];
    const whole = reader.take(3 + sizes[0] + sizes[1]);
    if (whole === null) return null;
    this.#state = REQUEST;
    const user = decode(whole.subarray(2, 2 + sizes[0]));
    const password = decode(whole.subarray(3 + sizes[0]));
    return { credentials: user === null || password === null ? null : { user, password } };
  }
}
