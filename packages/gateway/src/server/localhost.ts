import { systemError } from '@netstrata/transport';
import { spelledAddresses, type Lookup } from '@netstrata/transport/hosts';
import { isLocalhost } from '../rules/rule.js';

/** The one name that can be listened on: rules are about addresses there, and nobody is asked for a name that no rule allows. */
export const localhost: Lookup = (host, _, done) => {
  const isKnown = isLocalhost(host.toLowerCase());
  const addresses = isKnown ? spelledAddresses(host).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })) : [];
  done(isKnown ? null : systemError({ code: 'ENOTFOUND', syscall: 'getaddrinfo', address: host }), addresses);
};
