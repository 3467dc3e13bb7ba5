import { isIP } from '@netstrata/ip-utils';

/** An address that a look-up has found. */
export interface LookupAddress {
  /** An IP address. */
  readonly address: string;
  /** 4 or 6. */
  readonly family: number;
}

/** As `dns.lookup` with the option `all`. */
export type Lookup = (
  host: string,
  options: { readonly all: true },
  callback: (error: Error | null, addresses: string | LookupAddress[], family?: number) => void,
) => void;

/** So many addresses of a name are looked at. */
const MOST = 32;

/**
 * Asks for the addresses of a name: those that are some, each once. The answer comes once, whatever the resolver does; it may come within
 * the call.
 */
export function lookUp(lookup: Lookup, host: string, answer: (error: Error | null, addresses: string[]) => void): void {
  let isAnswered = false;
  const once = (error: Error | null, addresses: string[]): void => {
    if (isAnswered) return;
    isAnswered = true;
    answer(error, addresses);
  };
  try {
    lookup(host, { all: true }, (error, found) => {
      once(error, error === null || error === undefined ? addressesIn(found) : []);
    });
  } catch (error) {
    once(error as Error, []);
  }
}

function addressesIn(found: unknown): string[] {
  if (!Array.isArray(found)) return [];
  const addresses = found.slice(0, MOST).map((one: unknown) => (one as LookupAddress | null)?.address);
  return [...new Set(addresses.filter((address): address is string => typeof address === 'string' && isIP(address) !== 0))];
}
