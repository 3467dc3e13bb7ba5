import { isPathEndpoint, type Connection, type Endpoint, type InetEndpoint } from '@netstrata/transport';

/** What `socket.address()` gives. */
export interface AddressInfo {
  /** An IP address. */
  address: string;
  /** `IPv4` or `IPv6`. */
  family: string;
  /** 0 to 65535. */
  port: number;
}

/** An endpoint as Node shows it; paths have none. */
export function addressInfo(endpoint: Endpoint | null): AddressInfo | null {
  if (endpoint === null || isPathEndpoint(endpoint)) return null;
  return { address: endpoint.address, family: endpoint.family, port: endpoint.port };
}

/** What a socket that was bound to a path gives: the address alone. */
export function boundPath({ local }: Connection): Partial<AddressInfo> | null {
  return local !== null && isPathEndpoint(local) ? { address: local.path } : null;
}

export function inet(address: string, port: number, family: number): InetEndpoint {
  return { address, port, family: family === 6 ? 'IPv6' : 'IPv4' };
}
