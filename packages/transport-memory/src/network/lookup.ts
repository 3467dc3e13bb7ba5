import { optionsOf } from '@netstrata/stream-core';
import type { Place } from '../base/place.js';
import type { Trace } from '../base/trace.js';
import type { Timers } from '../program/program-timers.js';
import type { LookupAddress, Names } from './names.js';

/** What is asked of `Lookup`: a part of the options of Node's `dns.lookup`. */
export interface LookupOptions {
  /** 4, 6, 'IPv4' or 'IPv6'; anything else asks for both. */
  readonly family?: number | 'IPv4' | 'IPv6' | undefined;
  /**
   * Whether all addresses are wanted, as a list, and not the first alone.
   * @defaultValue false
   */
  readonly all?: boolean | undefined;
  /** Of `dns.lookup`. Without effect. */
  readonly hints?: number | undefined;
}

/** Gets the answer of `Lookup`: an error; one address and its family, 4 or 6; or with `all` a list. */
export type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Finds the addresses of a name, in the shape of Node's `dns.lookup`. Calls back later, never inside the call. */
export type Lookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;

/** What a resolver asks of its network. */
export interface NameService {
  readonly names: Names;
  /** Milliseconds until an answer. */
  readonly lookupDelay: number;
  readonly trace: Trace;
}

/** The resolver of a program: it runs on the host of that name, with these addresses. */
export function lookupOf({ names, lookupDelay, trace }: NameService, host: string, places: readonly Place[], timers: Timers): Lookup {
  const versions = new Set(places.map(({ version }) => version));
  return (hostname, given, callback) => {
    const options = optionsOf(given, ['family', 'all']);
    timers(lookupDelay, () => {
      const answer = names.resolve(hostname, options.family, versions);
      trace.host('lookup', host, noteOf(answer), hostname);
      if (answer instanceof Error) callback(answer, '');
      else if (options.all) callback(null, answer);
      else callback(null, answer[0].address, answer[0].family);
    });
  };
}

function noteOf(answer: Error | readonly LookupAddress[]): string {
  return answer instanceof Error ? (answer as Error & { code: string }).code : answer.map(({ address }) => address).join(' ');
}
