import { isIP } from '@netstrata/ip-utils';
import { looseIPv4 } from '@netstrata/ip-utils/classify';
import { isNameEndpoint, isPathEndpoint, type Endpoint, type InetEndpoint, type NameEndpoint } from '@netstrata/transport';
import { isBlocked, type AddressChecker } from '../args/address-checker.js';
import { addressBlocked, addressUnknown } from '../args/errors.js';

/** The address of an endpoint that must not be dialled, or null. Of a name it is the one that it is a spelling of, if it is. */
export function blockedAddress(list: AddressChecker | undefined, endpoint: InetEndpoint | NameEndpoint): string | null {
  if (list === undefined) return null;
  const address = isNameEndpoint(endpoint) ? spelledBy(endpoint.host) : endpoint.address;
  return address !== null && isBlocked(list, address) ? address : null;
}

/**
 * Why a connection to a name must not be used, which the far end has resolved: nobody could ask before. None where its address is known and
 * not on the list, or there is no list.
 */
export function refusalOf(list: AddressChecker | undefined, { host }: NameEndpoint, remote: Endpoint | null): Error | null {
  if (list === undefined) return null;
  if (remote === null || isPathEndpoint(remote) || isIP(remote.address) === 0) return addressUnknown(host);
  return isBlocked(list, remote.address) ? addressBlocked(remote.address) : null;
}

/** The address that some resolvers make of a name without asking anybody: `10.0.0.1.`, `0x7f.1`, `[::1]`. */
function spelledBy(host: string): string | null {
  const inner = /^\[?([^[\]]*)\]?\.?$/.exec(host)?.[1].replace(/\.$/, '') ?? host;
  return isIP(inner) !== 0 ? inner : looseIPv4(host);
}
