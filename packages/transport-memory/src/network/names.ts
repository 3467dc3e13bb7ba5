import { isIP } from '@netstrata/ip-utils';
import { optionsOf } from '@netstrata/stream-core';
import { placeOf } from '../base/place.js';
import { checkAddress, checkName } from '../base/check.js';
import type { Host } from './host.js';
import type { Timers } from '../program/program-timers.js';

export interface LookupOptions {
  readonly family?: number | undefined;
  readonly all?: boolean | undefined;
  readonly hints?: number | undefined;
}

export interface LookupAddress {
  address: string;
  family: number;
}

export type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

export type Lookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;

/** What a name stands for: an address, several, or the code of a failure: `EAI_AGAIN` (the name server does not answer) or `ENOTFOUND`. */
export type NameRecord = string | readonly string[];

const ERRNO = { EAI_AGAIN: -3001, ENOTFOUND: -3008 };

/** The names of a network. Letter case means nothing, nor does a dot at the end. */
export class Names {
  readonly #records = new Map<string, NameRecord>();

  /** Throws ERR_INVALID_IP_ADDRESS for what is no address, and ERR_INVALID_ARG_VALUE for what is no name. */
  set(name: string, record: NameRecord): void {
    checkName(name);
    const isFailure = record === 'EAI_AGAIN' || record === 'ENOTFOUND';
    const addresses = typeof record === 'string' ? [record] : record;
    if (!isFailure) addresses.forEach(checkAddress);
    this.#records.set(canonical(name), isFailure ? record : addresses);
  }

  delete(name: string): void {
    this.#records.delete(canonical(name));
  }

  /** What `dns.lookup` would answer on a host that has addresses of these versions: the error, or the addresses of the family that was asked for. */
  resolve(name: string, family: number | undefined, versions: ReadonlySet<4 | 6>): Error | LookupAddress[] {
    const literal = isIP(name);
    if (literal !== 0) return [{ address: name, family: literal }];
    const key = canonical(name);
    const record = key === 'localhost' ? LOCALHOST : (this.#records.get(key) ?? 'ENOTFOUND');
    if (typeof record === 'string') return lookupError(name, record as keyof typeof ERRNO);
    const addresses = record
      .map((address): LookupAddress => ({ address, family: placeOf(address).version }))
      .filter((one) => (family === 4 || family === 6 ? one.family === family : true) && (record === LOCALHOST || versions.has(one.family as 4 | 6)));
    return addresses.length === 0 ? lookupError(name, 'ENOTFOUND') : addresses;
  }
}

const LOCALHOST: readonly string[] = ['::1', '127.0.0.1'];

export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** In the shape of Node's `dns.lookup`. */
function lookupError(hostname: string, code: keyof typeof ERRNO): Error {
  return Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { errno: ERRNO[code], code, syscall: 'getaddrinfo', hostname });
}

/** The resolver of the program that runs on a host. */
export function lookupOf({ network, places, name }: Host, timers: Timers): Lookup {
  const versions = new Set(places.map(({ version }) => version));
  return (hostname, given, callback) => {
    const options = optionsOf(given, ['family', 'all']);
    timers(network.lookupDelay, () => {
      const answer = network.names.resolve(hostname, options.family, versions);
      const isError = answer instanceof Error;
      network.tellHost('lookup', name, isError ? (answer as Error & { code: string }).code : answer.map(({ address }) => address).join(' '), hostname);
      if (isError) callback(answer, '');
      else if (options.all) callback(null, answer);
      else callback(null, answer[0].address, answer[0].family);
    });
  };
}
