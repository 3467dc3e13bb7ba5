import { addressPolicy, type AddressPolicy, type AddressPolicyOptions, type AddressRule } from '@netstrata/ip-utils/policy';
import { codedError, hasOption, invalidArgType, invalidArgValue, optionsOf, type CodedError } from '@netstrata/stream-core';
import { isPathEndpoint, type Connection } from '@netstrata/transport';

/** Who may tell where a connection comes from. */
export interface TrustOptions {
  /**
   * Whose headers are believed: a policy, options for one (with `allow`), or a list of its rules, as in `['10.0.0.0/8', 'loopback']`. It is
   * asked with the address of who has connected here. IPv4-mapped addresses are the IPv4 addresses.
   */
  readonly trust?: AddressPolicy | AddressPolicyOptions | readonly AddressRule[] | undefined;
  /** Whoever may connect to a path is believed; no when not given. */
  readonly trustPaths?: boolean | undefined;
}

/** Whether the far end of a connection below is believed. */
export type Trust = (below: Connection) => boolean;

/** The peer has reset the connection already: the system does not know any more who it was. */
export function hasLeft({ remote, local }: Connection): boolean {
  return remote === null && local !== null && !isPathEndpoint(local);
}

/** Throws ERR_INVALID_ARG_TYPE, and ERR_INVALID_ARG_VALUE for a rule that is none and where nobody would be trusted. */
export function trustOf(given: TrustOptions): Trust {
  const { trust, trustPaths } = optionsOf(given, ['trust', 'trustPaths']);
  if (trustPaths !== undefined && typeof trustPaths !== 'boolean') {
    throw invalidArgType('options.trustPaths', 'of type boolean', trustPaths);
  }
  if (trust === undefined && trustPaths !== true) {
    throw invalidArgValue('options.trust', trust, 'must say whose headers are believed');
  }
  const policy = trust === undefined ? addressPolicy() : policyOf(trust);
  return (below) => {
    const { remote, local } = below;
    // A client of a path mostly has no name of its own.
    if (remote === null ? local !== null && isPathEndpoint(local) : isPathEndpoint(remote)) return trustPaths === true;
    return remote !== null && !isPathEndpoint(remote) && policy.check(remote.address, remote.port).allowed;
  };
}

function policyOf(trust: NonNullable<TrustOptions['trust']>): AddressPolicy {
  // A BlockList has another `check`.
  if (typeof trust !== 'object' || (trust as unknown) === null || hasOption(trust, 'addSubnet')) {
    throw invalidArgType('options.trust', 'a policy, or an instance of Array', trust);
  }
  if (hasOption(trust, 'check')) return trust as AddressPolicy;
  const options = Array.isArray(trust) ? { allow: trust as readonly AddressRule[] } : (trust as AddressPolicyOptions);
  if (!hasOption(options, 'allow') && !hasOption(options, 'default')) {
    throw invalidArgValue('options.trust', trust, 'must say whom to trust: whom not to trust is not enough');
  }
  try {
    return addressPolicy(options);
  } catch (error) {
    throw named(error as CodedError, Array.isArray(trust));
  }
}

/** The errors of `addressPolicy` name its own argument. */
function named(error: CodedError, isList: boolean): Error {
  return codedError(TypeError, error.code, error.message.replace(isList ? 'options.allow' : /\boptions\b/, 'options.trust'));
}
