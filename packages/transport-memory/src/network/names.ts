import { isIP } from '@netstrata/ip-utils';
import { checkAddress } from '@netstrata/transport';
import { checkName } from '../base/check.js';
import { placeOf } from '../base/place.js';

/** An address of a name. */
export interface LookupAddress {
  /** An IP address. */
  address: string;
  /** 4 or 6. */
  family: number;
}

/** The record of a name: an address, several, or the code of a failure: `EAI_AGAIN` (the name server does not answer) or `ENOTFOUND`. */
export type NameRecord = string | readonly string[];

const ERRNO = { EAI_AGAIN: -3001, ENOTFOUND: -3008 };

/** Owns the names of a network. Letter case makes no difference, nor does a dot at the end. */
export class Names {
  readonly #records = new Map<string, NameRecord>();
  readonly #failures = new Map<string, number>();

  /** Throws ERR_INVALID_IP_ADDRESS for what is not an address, and ERR_INVALID_ARG_VALUE for what is not a name. */
  set(name: string, record: NameRecord): void {
    checkName(name);
    const isFailure = record === 'EAI_AGAIN' || record === 'ENOTFOUND';
    const addresses = typeof record === 'string' ? [record] : record;
    if (!isFailure) addresses.forEach(checkAddress);
    this.#records.set(canonical(name), isFailure ? record : addresses);
  }

  /** Forgets a name, which then resolves to ENOTFOUND. */
  delete(name: string): void {
    this.#records.delete(canonical(name));
  }

  /** How often looking up a name that is known has failed. */
  failuresOf(name: string): number {
    return this.#failures.get(canonical(name)) ?? 0;
  }

  /** The answer of `dns.lookup` on a host with addresses of these versions: an error, or the addresses of the family that was asked for. */
  resolve(name: string, family: number | string | undefined, versions: ReadonlySet<4 | 6>): Error | LookupAddress[] {
    const literal = isIP(name);
    if (literal !== 0) return [{ address: name, family: literal }];
    const key = canonical(name);
    const record = key === 'localhost' ? LOCALHOST : (this.#records.get(key) ?? 'ENOTFOUND');
    if (typeof record === 'string') {
      if (this.#records.has(key)) this.#failures.set(key, this.failuresOf(key) + 1);
      return lookupError(name, record as keyof typeof ERRNO);
    }
    const asked = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
    const isAskedFor = (version: number): boolean => (asked !== 4 && asked !== 6) || version === asked;
    const isReachable = (version: number): boolean => record === LOCALHOST || versions.has(version as 4 | 6);
    const addresses = record
      .map((address): LookupAddress => ({ address, family: placeOf(address).version }))
      .filter((one) => isAskedFor(one.family) && isReachable(one.family));
    return addresses.length === 0 ? lookupError(name, 'ENOTFOUND') : addresses;
  }
}

const LOCALHOST: readonly string[] = ['::1', '127.0.0.1'];

/** A name as it is compared. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** In the shape of Node's `dns.lookup`. */
function lookupError(hostname: string, code: keyof typeof ERRNO): Error {
  return Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { errno: ERRNO[code], code, syscall: 'getaddrinfo', hostname });
}
