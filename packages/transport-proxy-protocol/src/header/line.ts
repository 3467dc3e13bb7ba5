import { formatBytes, parseAddress } from '@netstrata/ip-utils/address';
import type { InetEndpoint } from '@netstrata/transport';
import { invalidHeader } from './errors.js';
import type { ProxyHeader } from './header.js';

/** What version 1 begins with. */
export const LINE_START = Uint8Array.from('PROXY ', (character) => character.charCodeAt(0));

/** The longest line, its end included (specification, 2.1). */
export const LONGEST_LINE = 107;

/** What a line without its end says: version 1, strictly as the specification has it. Throws ERR_PROXY_HEADER_INVALID. */
export function headerOfLine(line: string): ProxyHeader {
  const [, protocol, ...parts] = line.split(' ');
  if (protocol === 'UNKNOWN') return headerOf('unspecified', null, null);
  if (protocol !== 'TCP4' && protocol !== 'TCP6') throw invalidHeader('names no protocol that there is');
  if (parts.length !== 4) throw invalidHeader('has not two addresses and two ports, each behind one space');
  const [source, destination, sourcePort, destinationPort] = parts;
  return headerOf('stream', endpointOf(protocol, source, sourcePort), endpointOf(protocol, destination, destinationPort));
}

function headerOf(transport: ProxyHeader['transport'], source: InetEndpoint | null, destination: InetEndpoint | null): ProxyHeader {
  return Object.freeze({ version: 1, command: 'proxy', transport, source, destination, tlvs: Object.freeze([]), checked: false });
}

/** `::ffff:192.0.2.1` is IPv6: the form of the text counts. An address has one spelling, as one of the system has. */
function endpointOf(protocol: 'TCP4' | 'TCP6', address: string, port: string): InetEndpoint {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.zone !== null || (parsed.bytes.length === 4) !== (protocol === 'TCP4')) throw invalidHeader(`has an address that is none of ${protocol}`);
  if (!/^(?:0|[1-9]\d{0,4})$/.test(port) || Number(port) > 0xffff) throw invalidHeader('has a port that is none');
  return Object.freeze({ address: formatBytes(parsed.bytes), port: Number(port), family: protocol === 'TCP4' ? 'IPv4' : 'IPv6' });
}
