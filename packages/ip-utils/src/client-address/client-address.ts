import { formatAddress } from '../address/index.js';
import { invalidArgValue } from '../errors/errors.js';
import { readOption, validateObject, validateString } from '../errors/validate.js';
import { isPort } from '../policy/ports.js';
import { ElementsFromEnd } from './elements.js';
import { forwardedFor } from './forwarded.js';
import { headerText, type HeadersLike } from './header-text.js';
import { readNode, type Node } from './node.js';
import { trustTest, type Trust } from './trust.js';

/** More hops than this are not walked, and a longer element is not read. */
const MAX_HOPS = 64;
const MAX_ELEMENT = 1024;

/** A request: the address of its peer, and its headers. Node's IncomingMessage is one. */
export interface ClientRequest {
  /** The address of the peer, as a socket tells it. */
  readonly remoteAddress?: string | null | undefined;
  /** The port of the peer, 0 to 65535. */
  readonly remotePort?: number | null | undefined;
  /** Where the two are if they are not here. */
  readonly socket?: {
    /** The address of the peer. */
    readonly remoteAddress?: string | undefined;
    /** The port of the peer. */
    readonly remotePort?: number | undefined;
  } | null | undefined;
  /** The headers of the request. Without them the peer is the client. */
  readonly headers?: HeadersLike | null | undefined;
}

/** Which proxies `clientAddress` believes, and where they write. */
export interface ClientAddressOptions {
  /** Whose word is taken. Default: nobody's, so that the peer is the client. */
  readonly trust?: Trust | undefined;
  /**
   * The one header that the trusted proxies write, and that all of them write or pass on: what they do not write comes from the client.
   * `forwarded` is read after RFC 7239, a name that ends in `forwarded-for` as a list, any other (`x-real-ip`, `cf-connecting-ip`,
   * `true-client-ip`) as a single value. Default 'x-forwarded-for'.
   */
  readonly header?: string | undefined;
}

/** Who asked. */
export interface ClientAddress {
  /** In canonical text; null if the peer has none, as on a UNIX socket or after its end. */
  readonly address: string | null;
  /** Its port, if it was told. */
  readonly port: number | null;
  /** All addresses on the way, the peer first and the client last. All but the last are trusted. */
  readonly hops: readonly string[];
}

/** The peer as a socket tells it; null if that is no address. */
function peerOf(request: ClientRequest): Node | null {
  let from: object = request;
  let address = readOption(request, 'remoteAddress');
  if (address === undefined) {
    const socket = readOption(request, 'socket');
    if (typeof socket !== 'object' || socket === null) return null;
    from = socket;
    address = readOption(socket, 'remoteAddress');
  }
  const node = typeof address === 'string' ? readNode(address) : null;
  const port = node === null ? null : readOption(from, 'remotePort');
  return node === null || !isPort(port) ? node : { address: node.address, port };
}

/** What a request tells; null where reading it throws, as the socket of an HTTP/2 session does when that has ended. */
function told<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function headerOf(options: object): string {
  const header = readOption(options, 'header');
  if (header === undefined) return 'x-forwarded-for';
  validateString(header, 'options.header');
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header)) throw invalidArgValue('options.header', header, 'must be the name of a header');
  return header.toLowerCase();
}

/** What the hops before the peer told, the nearest first: null for what cannot be read, undefined at the end. */
function reader(text: string, name: string): () => Node | null | undefined {
  const isForwarded = name === 'forwarded';
  const elements = new ElementsFromEnd(text, isForwarded);
  const read = (element: string): Node | null => {
    const node = element.length > MAX_ELEMENT ? null : isForwarded ? forwardedFor(element) : element;
    return node === null ? null : readNode(node);
  };
  const next = (): Node | null | undefined => {
    const element = elements.next();
    return element === null ? undefined : read(element);
  };
  if (isForwarded || name.endsWith('forwarded-for')) return next;
  // Of two values in a header for one nobody knows whose they are.
  const only = next();
  const isAlone = elements.next() === null;
  let isRead = false;
  return () => {
    if (isRead) return undefined;
    isRead = true;
    return isAlone ? only : null;
  };
}

/**
 * Who asked, behind proxies. From the peer on, each hop that is trusted is believed what it wrote into the header about the one before it;
 * the first that is not trusted is the client. Where the header ends, cannot be read, or says `unknown` or an obfuscated name, it is the
 * last trusted hop. IPv4-mapped addresses are the same to `trust` as IPv4 ones; the text keeps their form.
 *
 * A number as `trust` counts hops and looks at no address; the peer then needs none, as on a UNIX socket.
 *
 * Linear in the length of the header; at most 64 hops. Never throws for what the request holds.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_OUT_OF_RANGE` for options
 * @example
 * ```js
 * import { clientAddress } from '@netstrata/ip-utils/client-address';
 *
 * const request = { remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' } };
 * const { address, hops } = clientAddress(request, { trust: 'private' });
 * console.log(address, hops); // prints 203.0.113.9 [ '10.0.0.1', '203.0.113.9' ]
 * ```
 */
export function clientAddress(request: ClientRequest, options: ClientAddressOptions = {}): ClientAddress {
  validateObject(request, 'request');
  validateObject(options, 'options');
  const isTrusted = trustTest(readOption(options, 'trust'));
  const name = headerOf(options);
  let client = told(() => peerOf(request));
  const hops = client === null ? [] : [formatAddress(client.address)];
  if (isTrusted(client?.address.bytes ?? null, 0)) {
    const next = reader(told(() => headerText(readOption(request, 'headers'), name)) ?? '', name);
    for (let index = 1; index < MAX_HOPS; index++) {
      const before = next();
      if (before === null || before === undefined) break;
      client = before;
      hops.push(formatAddress(before.address));
      if (!isTrusted(before.address.bytes, index)) break;
    }
  }
  return { address: hops.at(-1) ?? null, port: client?.port ?? null, hops };
}
