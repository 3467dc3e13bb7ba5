import type { Connection, Endpoint } from '@netstrata/transport';
import { tellNative } from '@netstrata/transport/layers';
import type { ProxyHeader } from '../header/header.js';

/** The header of a connection that was accepted, and between whom it came. */
export interface ReceivedProxyHeader extends ProxyHeader {
  /** Who has sent it: the balancer's end of the connection, where it has an address. */
  readonly peer: Endpoint | null;
  /** This end of the connection to the balancer. */
  readonly near: Endpoint | null;
}

declare module '@netstrata/transport' {
  interface ConnectionFacts {
    /** The header that a trusted peer has sent ahead (`@netstrata/transport-proxy-protocol`). */
    readonly proxyHeader: ReceivedProxyHeader;
  }
}

/** Whether the ends of the connection are where the header says. */
export function hasAddresses(header: ProxyHeader): boolean {
  return header.command === 'proxy' && header.transport === 'stream';
}

const byHandle = /* @__PURE__ */ new WeakMap<object, ReceivedProxyHeader>();

/** Lets the native handle of a connection say what the header says, for who knows nothing but the handle. */
export function tellHandle({ native }: Connection, header: ReceivedProxyHeader): void {
  if (typeof native !== 'object' || native === null) return;
  byHandle.set(native, header);
  if (hasAddresses(header)) tellNative(native, { local: header.destination, remote: header.source });
}

/** What may lead to a socket over a connection, or to its handle. */
interface Above {
  readonly proxyHeader?: ReceivedProxyHeader | undefined;
  readonly _handle?: object | null | undefined;
  readonly _parent?: object | null | undefined;
  readonly _parentWrap?: object | null | undefined;
}

/** TLS over TLS over a socket, and each with a wrap of its own. */
const DEEPEST = 8;

/**
 * The header of the connection under a socket: a socket of `@netstrata/net-compat`, or a `TLSSocket` over one. Undefined where none has
 * come. `request.socket` of `http` and `https` is such a socket.
 */
export function proxyHeaderOf(socket: object): ReceivedProxyHeader | undefined {
  return search(socket, DEEPEST);
}

function search(object: object | null | undefined, depth: number): ReceivedProxyHeader | undefined {
  if (typeof object !== 'object' || object === null || depth === 0) return undefined;
  const above = object as Above;
  const header = byHandle.get(object) ?? above.proxyHeader;
  if (header !== undefined) return header;
  return search(above._handle, depth - 1) ?? search(above._parent, depth - 1) ?? search(above._parentWrap, depth - 1);
}
