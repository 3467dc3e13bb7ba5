import type { ByteReader } from '@netstrata/stream-core/reader';
import { isNameEndpoint } from '@netstrata/transport';
import { checkVersion, encodeMessage, readMessage, type Place } from './address.js';
import { concat, encode } from './bytes.js';
import type { Dialogue, Granted, Refused } from './dialogue.js';
import { Malformed } from './malformed.js';
import { errnoOfReply, HOST_UNREACHABLE, SUCCEEDED } from './replies.js';

export const CONNECT = 1;
export const BIND = 2;

/** Methods of RFC 1928 section 3. */
export const NO_AUTHENTICATION = 0;
export const BY_PASSWORD = 2;
export const NONE_ACCEPTABLE = 0xff;

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const METHOD = 0;
const AUTHENTICATION = 1;
const REPLY = 2;

/** SOCKS5 of RFC 1928, with users and passwords of RFC 1929: the client's side. */
export class Socks5Dialogue implements Dialogue {
  readonly opening: Uint8Array;
  readonly isOneFlight: boolean;
  readonly #credentials: Uint8Array | null;
  readonly #request: Uint8Array;
  readonly #isName: boolean;
  #state = METHOD;

  /** @param pipelined everything is said at once: then only one method is offered, so that it is known which one will be chosen */
  constructor(command: number, place: Place, credentials: Credentials | null, pipelined: boolean) {
    this.#credentials = credentials && encodeCredentials(credentials);
    this.#request = encodeMessage(command, place);
    this.#isName = isNameEndpoint(place);
    this.isOneFlight = pipelined;
    if (!pipelined) this.opening = greeting(credentials === null ? [NO_AUTHENTICATION] : [NO_AUTHENTICATION, BY_PASSWORD]);
    else if (credentials === null) this.opening = concat(greeting([NO_AUTHENTICATION]), this.#request);
    else this.opening = concat(greeting([BY_PASSWORD]), this.#credentials!, this.#request);
  }

  next(reader: ByteReader): Uint8Array | Granted | Refused | null {
    if (this.#state === METHOD) return this.#method(reader);
    return this.#state === AUTHENTICATION ? this.#authenticated(reader) : this.#reply(reader);
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
    const isOffered = method === NO_AUTHENTICATION && !(this.isOneFlight && this.#credentials !== null);
    if (!isOffered) throw new Malformed('a method that was not offered');
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
    if (head[1] !== SUCCEEDED) {
      return { code: head[1] === HOST_UNREACHABLE && this.#isName ? 'ENOTFOUND' : errnoOfReply(head[1]) };
    }
    const message = readMessage(reader);
    if (message === null) return null;
    return { bound: isNameEndpoint(message.place) ? null : message.place };
  }
}

function greeting(methods: readonly number[]): Uint8Array {
  return concat([5, methods.length], methods);
}

function encodeCredentials({ user, password }: Credentials): Uint8Array {
  const [name, secret] = [encode(user), encode(password)];
  return concat([1, name.length], name, [secret.length], secret);
}
