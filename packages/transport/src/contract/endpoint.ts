import { hasOption } from '@netstrata/stream-core';

/** An IP address and a port, complete: what a connection is bound to, or dials. */
export interface InetEndpoint {
  /** An IP address in text, with a zone where it has one. Never a host name, which is a `NameEndpoint`. */
  readonly address: string;
  /** 0 to 65535; 0 asks for an ephemeral port when listening. */
  readonly port: number;
  /** Of the address. */
  readonly family: 'IPv4' | 'IPv6';
}

/** Every address of this host. On a dual-stack host that is `::`, taking IPv4 too; elsewhere `0.0.0.0`. */
export interface AnyEndpoint {
  /** Never there: it stands for all addresses. */
  readonly address?: undefined;
  /** 0 to 65535; 0 asks for an ephemeral port. */
  readonly port: number;
}

/** A UNIX socket's path, a Linux abstract name (first character NUL), or a Windows pipe name. */
export interface PathEndpoint {
  /** The path or the name, not empty. */
  readonly path: string;
}

/** A host name that is still to be resolved, at the far end: for transports with the capability `names`. */
export interface NameEndpoint {
  /** As the caller wrote it, in any case, with a final dot or without. Never an IP address, never with a NUL. */
  readonly host: string;
  /** 0 to 65535; 0 asks for an ephemeral port when listening. */
  readonly port: number;
}

/** What a connection has at its two ends. */
export type Endpoint = InetEndpoint | PathEndpoint;
/** What can be dialled; names only where a transport has the capability `names`. */
export type DialEndpoint = Endpoint | NameEndpoint;
/** Where a listener can listen. */
export type ListenEndpoint = Endpoint | AnyEndpoint;

/** Whether an endpoint is a path. Endpoints are told apart by what they have themselves, never by `Object.prototype`. */
export function isPathEndpoint(endpoint: ListenEndpoint | NameEndpoint): endpoint is PathEndpoint {
  return hasOption(endpoint, 'path');
}

/** Whether an endpoint is a name that is still to be resolved. */
export function isNameEndpoint(endpoint: ListenEndpoint | NameEndpoint): endpoint is NameEndpoint {
  return hasOption(endpoint, 'host');
}
