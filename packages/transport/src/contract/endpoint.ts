import { hasOption } from '@netstrata/stream-core';

/** An IP address and a port, complete: what a connection is bound to, or dials. */
export interface InetEndpoint {
  /** An IP address in text, with a zone where it has one. Never a host name: names are resolved above the transport. */
  readonly address: string;
  /** 0 to 65535; 0 asks for an ephemeral port when listening. */
  readonly port: number;
  readonly family: 'IPv4' | 'IPv6';
}

/** Every address of this host. On a dual-stack host that is `::`, taking IPv4 too; elsewhere `0.0.0.0`. */
export interface AnyEndpoint {
  readonly address?: undefined;
  readonly port: number;
}

/** A UNIX socket's path, a Linux abstract name (first character NUL), or a Windows pipe name. */
export interface PathEndpoint {
  readonly path: string;
}

export type Endpoint = InetEndpoint | PathEndpoint;
export type ListenEndpoint = Endpoint | AnyEndpoint;

export function isPathEndpoint(endpoint: ListenEndpoint): endpoint is PathEndpoint {
  return hasOption(endpoint, 'path');
}
