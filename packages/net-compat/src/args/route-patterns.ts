import { isIP } from '@netstrata/ip-utils';
import { BlockList } from '@netstrata/ip-utils/block-list';
import { parseCIDR } from '@netstrata/ip-utils/cidr';
import { invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import { checkNoNul, checkString } from './validate.js';

/** Which places a route is for: names by their text, addresses by their value. */
export interface HostPattern {
  /** It says which addresses, so that of a name is not known before it is resolved. */
  readonly byAddress: boolean;
  /** Whether it is for a name, which is given as `nameOf` makes it. */
  takesName(name: string): boolean;
  takesAddress(address: string): boolean;
}

export interface PortRange {
  readonly from: number;
  /** The last one. */
  readonly to: number;
}

const HOSTS = 'must be a host name, a suffix such as \'*.internal\', an IP address, a CIDR such as \'10.0.0.0/8\', or \'*\'';
const PORTS = 'must be a port, or a range such as \'6000-6999\', { from: 6000, to: 6999 } or [6000, 6999]';

/** The bits that all IPv4-mapped addresses share. */
const MAPPED_PREFIX = 96;

const always = (): boolean => true;
const never = (): boolean => false;
export const ANY_HOST: HostPattern = { byAddress: false, takesName: always, takesAddress: always };
export const ANY_PORT: PortRange = { from: 0, to: 0xffff };

/** As names are compared: in lower case, without one final dot. */
export function nameOf(host: string): string {
  return (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase();
}

/** What the `host` of a route says. Throws ERR_INVALID_ARG_TYPE or ERR_INVALID_ARG_VALUE. */
export function hostPatternOf(host: unknown, option: string): HostPattern {
  if (host === undefined) return ANY_HOST;
  checkString(host, option);
  checkNoNul(host, option);
  if (host === '*') return ANY_HOST;
  const takesAddress = addressesOf(host);
  if (takesAddress !== null) return { byAddress: true, takesName: never, takesAddress };
  const isSuffix = host.startsWith('*.');
  const name = nameOf(isSuffix ? host.slice(1) : host);
  // Labels of anything that is no syntax here or elsewhere: no address that is spelled wrongly, no URL, no port.
  const labels = (isSuffix ? name.slice(1) : name).split('.');
  if (!labels.every((label) => /^[^\s*/:[\]@%]+$/.test(label)) || /^[\d.]+$/.test(name)) throw invalidArgValue(option, host, HOSTS);
  const takesName = isSuffix ? (given: string) => given.length > name.length && given.endsWith(name) : (given: string) => given === name;
  return { byAddress: false, takesName, takesAddress: never };
}

/** Whether an address is that of the text, or in its CIDR; null where the text is neither. The zone says by which way, not where to. */
function addressesOf(host: string): HostPattern['takesAddress'] | null {
  const rules = new BlockList();
  const family = isIP(host);
  const block = parseCIDR(host);
  if (family !== 0 && !host.includes('%')) rules.addAddress(host, family === 6 ? 'ipv6' : 'ipv4');
  else if (block !== null) rules.addCIDR(host);
  else return null;
  // A list takes IPv4 addresses for parts of `::/0`, and of all else that holds the IPv4-mapped ones. Who writes that means IPv6.
  const isWide = block?.version === 6 && block.prefix < MAPPED_PREFIX;
  return (address) => {
    const [plain] = address.split('%', 1);
    const isIPv6 = isIP(plain) === 6;
    return (isIPv6 || !isWide) && rules.check(plain, isIPv6 ? 'ipv6' : 'ipv4');
  };
}

/** What the `port` of a route says. Throws as above. */
export function portRangeOf(given: unknown, option: string): PortRange {
  if (given === undefined) return ANY_PORT;
  const [from, to] = endsOf(given, option);
  const range = { from: portOf(from), to: portOf(to) };
  // What is no port is not a number, which is neither.
  if (!(range.from <= range.to)) throw invalidArgValue(option, given, PORTS);
  return range;
}

function endsOf(given: unknown, option: string): readonly unknown[] {
  if (typeof given === 'number') return [given, given];
  if (typeof given === 'string') {
    const ends = given.split('-');
    return ends.length === 1 ? [given, given] : ends.length === 2 ? ends : [];
  }
  if (Array.isArray(given)) return given.length === 2 ? given : [];
  if (typeof given !== 'object' || given === null) {
    throw invalidArgType(option, 'of type number or string, or an instance of Object', given);
  }
  const { from, to } = optionsOf(given as Partial<PortRange>, ['from', 'to']);
  return [from, to];
}

/** A number, or its decimal digits; NaN for all else. */
function portOf(end: unknown): number {
  const port = typeof end === 'string' && /^\s*\d+\s*$/.test(end) ? Number(end) : end;
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 0xffff ? port : Number.NaN;
}
