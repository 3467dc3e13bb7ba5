import { toURLHost } from '@netstrata/ip-utils/address';
import type { ByteReader } from '@netstrata/stream-core/reader';
import { isNameEndpoint } from '@netstrata/transport';
import type { Place } from './address.js';
import { encode } from './bytes.js';
import type { Dialogue, Granted, Refused } from './dialogue.js';
import { Malformed } from './malformed.js';
import type { Credentials } from './socks5.js';

/** Bytes that all responses may have together, up to the one that counts. */
const LONGEST = 16_384;
const MOST_INTERIM = 16;

const STATUS_LINE = /^HTTP\/1\.[01] ([1-5]\d\d)(?: (.*))?$/;
/** A field, or the old way of going on with one. */
const FIELD = /^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:|[ \t])/;
 
const CONTROL = /[\0-\x08\n-\x1f\x7f]/;

const CODES: ReadonlyMap<number, string> = new Map([
  [403, 'EACCES'], [407, 'EACCES'], [404, 'EHOSTUNREACH'], [502, 'EHOSTUNREACH'], [503, 'EHOSTUNREACH'], [504, 'ETIMEDOUT'],
]);

/** CONNECT of HTTP (RFC 9110 section 9.3.6) in HTTP/1.1 (RFC 9112): the client's side. */
export class ConnectDialogue implements Dialogue {
  readonly opening: Uint8Array;
  /** The bytes behind a request would be the next request, if this one is refused. */
  readonly isOneFlight = false;
  #left = LONGEST;
  #interim = 0;
  #status = 0;
  #reason = '';

  constructor(place: Place, credentials: Credentials | null) {
    const authority = `${isNameEndpoint(place) ? place.host : toURLHost(place.address)}:${place.port}`;
    const authorization = credentials === null ? '' : `Proxy-Authorization: Basic ${basic(credentials)}\r\n`;
    this.opening = encode(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
  }

  next(reader: ByteReader): Granted | Refused | null {
    for (;;) {
      const line = this.#line(reader);
      if (line === null) return null;
      if (this.#status === 0) this.#begin(line);
      else if (line !== '') checkField(line);
      else if (this.#status >= 200) return this.#outcome();
      else this.#goOn();
    }
  }

  #line(reader: ByteReader): string | null {
    const line = reader.takeLine(this.#left, 'latin1');
    if (line === null) return null;
    this.#left -= line.length + 2;
    if (this.#left < 0) throw new Malformed('endless headers');
    if (CONTROL.test(line)) throw new Malformed('control characters in a header');
    return line;
  }

  #begin(line: string): void {
    const match = STATUS_LINE.exec(line);
    if (match === null) throw new Malformed('no response of HTTP');
    this.#status = Number(match[1]);
    this.#reason = match[2] ?? '';
  }

  /** A response of 1xx comes before the one that counts. 101 would be another protocol, which was not asked for. */
  #goOn(): void {
    if (this.#status === 101 || ++this.#interim > MOST_INTERIM) throw new Malformed('responses that are none');
    this.#status = 0;
  }

  /** Of 2xx the bytes behind the header are the peer's, whatever the header says of a body; of all others they are dropped. */
  #outcome(): Granted | Refused {
    const status = this.#status;
    if (status < 300) return { bound: null };
    const reason = this.#reason.replace(/[^ -~]/g, '').trim().slice(0, 64);
    return { code: CODES.get(status) ?? 'ECONNREFUSED', text: `the proxy says ${status} ${reason}`.trimEnd(), status };
  }
}

function checkField(line: string): void {
  if (!FIELD.test(line)) throw new Malformed('no header of HTTP');
}

/** RFC 7617, in UTF-8 (section 2.1). */
function basic({ user, password }: Credentials): string {
  return btoa(Array.from(encode(`${user}:${password}`), (byte) => String.fromCharCode(byte)).join(''));
}
