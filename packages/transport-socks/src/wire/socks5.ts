import type { ByteReader } from '@netstrata/stream-core/reader';
import { isNameEndpoint, type InetEndpoint } from '@netstrata/transport';
import { checkVersion, encodeMessage, readMessage, type Message, type Place } from './address.js';
import { concat, encode } from './bytes.js';
import type { Dialogue, Granted, Refused } from './dialogue.js';
import { Malformed } from './malformed.js';
import { errnoOfReply, HOST_UNREACHABLE, SUCCEEDED } from './replies.js';

export const CONNECT = 1;
export const BIND = 2;

/** Methods of RFC 1928 section 3. */
export const NO_AUTHENTICATION = 0;
export const BY_PASSWORD = 2;
/**
 * One of those for private use: no authentication, and after CONNECT to a name there is a second reply, as there is of BIND, with the
 * address that it has led to. A refusal has that address in place of zeros.
 */
export const TELLS_REMOTE = 0x8e;
export const NONE_ACCEPTABLE = 0xff;

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const METHOD = 0;
const AUTHENTICATION = 1;
const REPLY = 2;
const SECOND_REPLY = 3;

/** SOCKS5 of RFC 1928, with users and passwords of RFC 1929: the client's side. */
export class Socks5Dialogue implements Dialogue {
  readonly opening: Uint8Array;
  readonly isOneFlight: boolean;
  readonly #credentials: Uint8Array | null;
  readonly #request: Uint8Array;
  readonly #isName: boolean;
  /** It is asked where a name has led to. */
  readonly #asksRemote: boolean;
  #hearsRemote = false;
  #bound: InetEndpoint | null = null;
  #state = METHOD;

  /**
   * @param pipelined everything is said at once: then only one method is offered, or such as are followed by the same, so that it is known
   * what follows
   */
  constructor(command: number, place: Place, credentials: Credentials | null, pipelined: boolean, asksRemote = false) {
    this.#credentials = credentials && encodeCredentials(credentials);
    this.#request = encodeMessage(command, place);
    this.#isName = isNameEndpoint(place);
    this.#asksRemote = asksRemote && command === CONNECT && this.#isName && credentials === null;
    this.isOneFlight = pipelined;
    const methods = this.#asksRemote ? [NO_AUTHENTICATION, TELLS_REMOTE] : [NO_AUTHENTICATION];
    if (!pipelined) this.opening = greeting(credentials === null ? methods : [...methods, BY_PASSWORD]);
    else if (credentials === null) this.opening = concat(greeting(methods), this.#request);
    else this.opening = concat(greeting([BY_PASSWORD]), this.#credentials!, this.#request);
  }

  next(reader: ByteReader): Uint8Array | Granted | Refused | null {
    if (this.#state === METHOD) return this.#method(reader);
    if (this.#state === AUTHENTICATION) return this.#authenticated(reader);
    return this.#state === REPLY ? this.#reply(reader) : this.#secondReply(reader);
  }

  #method(reader: ByteReader): Uint8Array | Refused | null {
    checkVersion(reader);
    const answer = reader.take(2);
    if (answer === null) return null;
    const [, method] = answer;
    if (method === NONE_ACCEPTABLE) {
      const text = this.#credentials === null ? 'the proxy asks for credentials' : 'the proxy takes no credentials of this kind';
      return { code: 'EACCES', text };
    }
    if (method === BY_PASSWORD && this.#credentials !== null) return this.#say(AUTHENTICATION, this.#credentials);
    this.#hearsRemote = method === TELLS_REMOTE && this.#asksRemote;
    const isOffered = method === NO_AUTHENTICATION && !(this.isOneFlight && this.#credentials !== null);
    if (!isOffered && !this.#hearsRemote) throw new Malformed('a method that was not offered');
    return this.#say(REPLY, this.#request);
  }

  /** Nothing, where it was said already. */
  #say(state: number, message: Uint8Array): Uint8Array {
    this.#state = state;
    return this.isOneFlight ? new Uint8Array(0) : message;
  }

  #authenticated(reader: ByteReader): Uint8Array | Refused | null {
    const answer = reader.take(2);
    if (answer === null) return null;
    // Some say the version of SOCKS here.
    if (answer[0] !== 1 && answer[0] !== 5) throw new Malformed('another version of authentication');
    if (answer[1] !== 0) return { code: 'EACCES', text: 'the proxy does not accept the credentials' };
    return this.#say(REPLY, this.#request);
  }

  /** A refusal is known by its second byte: there are servers that say no more. */
  #reply(reader: ByteReader): Granted | Refused | null {
    checkVersion(reader);
    const head = reader.peek(2);
    if (head === null) return null;
    if (head[1] === HOST_UNREACHABLE && this.#isName) return this.#unreachable(reader);
    if (head[1] !== SUCCEEDED) return { code: errnoOfReply(head[1]) };
    const message = readMessage(reader);
    if (message === null) return null;
    const bound = addressOf(message);
    if (!this.#hearsRemote) return { bound };
    this.#bound = bound;
    this.#state = SECOND_REPLY;
    return this.#secondReply(reader);
  }

  /** One word is for names that nobody knows and hosts that nobody reaches: who tells where names lead has an address of the latter. */
  #unreachable(reader: ByteReader): Refused | null {
    if (!this.#hearsRemote) return { code: 'ENOTFOUND' };
    const message = readMessage(reader);
    return message && { code: addressOf(message)?.port ? 'EHOSTUNREACH' : 'ENOTFOUND' };
  }

  #secondReply(reader: ByteReader): Granted | null {
    const message = readMessage(reader);
    return message && { bound: this.#bound, remote: addressOf(message) };
  }
}

const addressOf = ({ place }: Message): InetEndpoint | null => (isNameEndpoint(place) ? null : place);

function greeting(methods: readonly number[]): Uint8Array {
  return concat([5, methods.length], methods);
}

function encodeCredentials({ user, password }: Credentials): Uint8Array {
  const [name, secret] = [encode(user), encode(password)];
  return concat([1, name.length], name, [secret.length], secret);
}
