import { formatGroups, dotted } from '../address/groups-text.js';
import { invalidAddress, invalidArgValue } from '../errors/errors.js';
import { inspectAs } from '../errors/inspect-class.js';
import { readOption, validateInteger, validateObject, validatePort, validateString } from '../errors/validate.js';
import { groups } from '../syntax/groups.js';
import { pton } from '../syntax/pton.js';

/** The family of a `SocketAddress`. */
export type SocketAddressFamily = 'ipv4' | 'ipv6';

/** What the constructor takes; each field is optional. */
export interface SocketAddressInit {
  /** Default `127.0.0.1`, or `::` for IPv6. */
  address?: string | undefined;
  /** `ipv4` (default) or `ipv6`, in any case. */
  family?: string | undefined;
  /** 0 to 65535, default 0. */
  port?: number | string | undefined;
  /** 0 to 0xfffff (RFC 6437), default 0; kept for IPv6 only. */
  flowlabel?: number | undefined;
}

/** The fields of a `SocketAddress`, as `toJSON` gives them. */
export interface SocketAddressJSON {
  /** In canonical form, without a zone. */
  readonly address: string;
  /** 0 to 65535. */
  readonly port: number;
  /** Of the address. */
  readonly family: SocketAddressFamily;
  /** 0 to 0xfffff; 0 for IPv4. */
  readonly flowlabel: number;
}

/** The fields of an instance, under a registered symbol so that two copies of this package know each other's instances. */
export const kSocketAddress: unique symbol = /* @__PURE__ */ Symbol.for('@netstrata/ip-utils.SocketAddress') as never;
const kInspect: unique symbol = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom') as never;
const MAX_FLOWLABEL = 0xfffff;
/** Far more than an address and a port have: some URL parsers take quadratic time for a host. */
const LONGEST_URL = 1024;

function readFamily(options: object, given: unknown): SocketAddressFamily {
  let family = given;
  const lower = (given as { toLowerCase?: unknown } | null)?.toLowerCase;
  if (typeof lower === 'function') family = (lower as () => unknown).call(given);
  if (family === 'ipv4' || family === 'ipv6') return family;
  throw invalidArgValue('options.family', readOption(options, 'family'));
}

/** `value`, or `fallback` in place of undefined alone: null is a value that is then refused. */
function orDefault(value: unknown, fallback: unknown): unknown {
  return value === undefined ? fallback : value;
}

/** Reads and checks the fields in the order in which Node does, so that the first error is the same. */
function read(options: object): SocketAddressJSON {
  const rawFamily = orDefault(readOption(options, 'family'), 'ipv4');
  const rawAddress = readOption(options, 'address');
  const rawPort = readOption(options, 'port');
  const rawFlowlabel = readOption(options, 'flowlabel');
  // Node looks at the family as given here: 'IPv4' in another case has the default '::', which then is no IPv4 address.
  const address = orDefault(rawAddress, rawFamily === 'ipv4' ? '127.0.0.1' : '::');
  const family = readFamily(options, rawFamily);
  validateString(address, 'options.address');
  const port = validatePort(orDefault(rawPort, 0), 'options.port');
  const flowlabel = orDefault(rawFlowlabel, 0);
  validateInteger(flowlabel, 'options.flowlabel', 0, 0xffffffff);
  if (!pton(address, family)) throw invalidAddress();
  const text = family === 'ipv4' ? dotted(groups[6], groups[7]) : formatGroups(groups, true);
  if (family === 'ipv4') return { address: text, port, family, flowlabel: 0 };
  // Node aborts the process here.
  validateInteger(flowlabel, 'options.flowlabel', 0, MAX_FLOWLABEL);
  return { address: text, port, family, flowlabel: flowlabel + 0 };
}

/**
 * An immutable address and port, as `net.SocketAddress` of Node 26 (https://nodejs.org/api/net.html#class-netsocketaddress). The address is
 * held in canonical form, without its zone.
 * @example
 * ```js
 * import { SocketAddress } from '@netstrata/ip-utils/socket-address';
 *
 * const address = new SocketAddress({ address: '2001:DB8:0::1', port: 80, family: 'ipv6' });
 * console.log(address.address, address.port); // prints 2001:db8::1 80
 * ```
 */
export class SocketAddress {
  /** @internal */
  readonly [kSocketAddress]: SocketAddressJSON;

  /**
   * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`; RangeError `ERR_SOCKET_BAD_PORT`, `ERR_OUT_OF_RANGE`;
   * Error `ERR_INVALID_ADDRESS`
   */
  constructor(options: SocketAddressInit = {}) {
    validateObject(options, 'options');
    this[kSocketAddress] = read(options);
  }

  /** Whether `value` is a SocketAddress, of this copy of the package or another. The builtin's instances are not. */
  static isSocketAddress(value: unknown): value is SocketAddress {
    return (value as Partial<SocketAddress> | null | undefined)?.[kSocketAddress] !== undefined;
  }

  /**
   * Parses `ip:port`, `ip` or `[ipv6]:port`. As in Node the text goes through the URL parser, so that port 80 comes back as 0 and `127.1`
   * as `127.0.0.1`.
   * @returns undefined when it is no such address, or longer than 1024 characters
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything but a string
   */
  static parse(input: string): SocketAddress | undefined {
    validateString(input, 'input');
    if (input.length > LONGEST_URL) return undefined;
    try {
      const { hostname, port } = new URL(`http://${input}`);
      if (hostname.startsWith('[')) return create({ address: hostname.slice(1, -1), port: Number(port), family: 'ipv6' });
      return create({ address: hostname, port: Number(port) });
    } catch {
      return undefined;
    }
  }

  /** The address in canonical form. */
  get address(): string {
    return this[kSocketAddress].address;
  }

  /** 0 to 65535. */
  get port(): number {
    return this[kSocketAddress].port;
  }

  /** `ipv4` or `ipv6`. */
  get family(): SocketAddressFamily {
    return this[kSocketAddress].family;
  }

  /** 0 for IPv4. */
  get flowlabel(): number {
    return this[kSocketAddress].flowlabel;
  }

  /** Its fields as a plain object: what the constructor takes. */
  toJSON(): SocketAddressJSON {
    return { address: this.address, port: this.port, family: this.family, flowlabel: this.flowlabel };
  }

  /** @internal What `util.inspect` shows. */
  [kInspect](depth: number, options: { depth?: number | null }, ...[inspect]: unknown[]): unknown {
    return inspectAs('SocketAddress', this, this.toJSON(), depth, options, inspect);
  }
}

/** A class that names itself is built as `_SocketAddress`, which then shows in `inspect`. */
function create(init: SocketAddressInit): SocketAddress {
  return new SocketAddress(init);
}
