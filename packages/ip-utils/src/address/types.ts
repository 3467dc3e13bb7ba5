/** An address in its parts. */
export interface IPAddress {
  readonly version: 4 | 6;
  /** In network order: 4 bytes for IPv4, 16 for IPv6. */
  readonly bytes: Uint8Array;
  /** The zone identifier of an IPv6 address without its `%` (RFC 4007 section 11), or null. */
  readonly zone: string | null;
}

/** What functions of addresses take: text, bytes in network order (4 or 16), or an address in its parts. */
export type AddressLike = string | Uint8Array | IPAddress;
