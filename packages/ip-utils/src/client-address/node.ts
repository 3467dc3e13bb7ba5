import { parseAddress, parseIPv4, parseIPv6, type IPAddress } from '../address/index.js';
import { isPort } from '../policy/ports.js';

/** An address with a port if there is one. */
export interface Node {
  readonly address: IPAddress;
  readonly port: number | null;
}

/** A port, or an obfuscated one (RFC 7239 section 6.3), which tells nothing: null. What is neither: undefined. */
function portOf(text: string): number | null | undefined {
  if (/^_[\w.-]+$/.test(text)) return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  return isPort(port) ? port : undefined;
}

function withPort(address: IPAddress | null, port: string): Node | null {
  const number = portOf(port);
  return address === null || number === undefined ? null : { address, port: number };
}

/**
 * Reads a node of RFC 7239 section 6 that is an address: `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]`, `[2001:db8::1]:80`; also IPv6
 * without brackets, which then has no port, and with a zone.
 * @returns null for what names no address: `unknown`, `_hidden`, anything else
 */
export function readNode(text: string): Node | null {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    const address = close < 0 ? null : parseIPv6(text.slice(1, close));
    if (close !== text.length - 1) return text[close + 1] === ':' ? withPort(address, text.slice(close + 2)) : null;
    return address === null ? null : { address, port: null };
  }
  const whole = parseAddress(text);
  if (whole !== null) return { address: whole, port: null };
  const colon = text.indexOf(':');
  const bytes = colon < 0 ? null : parseIPv4(text.slice(0, colon));
  return bytes === null ? null : withPort({ version: 4, bytes, zone: null }, text.slice(colon + 1));
}
