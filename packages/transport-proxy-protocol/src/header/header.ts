import type { Endpoint } from '@netstrata/transport';

/** What of a header has no field of its own. Of the client's side, as the sender knows it. */
export interface ProxyTlv {
  /** 0 to 255. */
  readonly type: number;
  /** Its bytes. */
  readonly value: Uint8Array;
}

/** How the client has spoken TLS with the sender (specification, 2.2.6). */
export interface ProxyTls {
  /** The client has connected over TLS. */
  readonly encrypted: boolean;
  /** It has shown a certificate on this connection; on any connection of its TLS session. */
  readonly certificate: boolean;
  /** Whether the client has shown a certificate earlier in its TLS session. */
  readonly sessionCertificate: boolean;
  /** 0 where a certificate was shown and found to be good. */
  readonly verify: number;
  /** As in `TLSv1.3`. */
  readonly version?: string | undefined;
  /** The common name of the client's certificate. */
  readonly commonName?: string | undefined;
  /** The cipher, `TLS_AES_128_GCM_SHA256`. */
  readonly cipher?: string | undefined;
  /** Of the sender's certificate: what signed it, and its key. */
  readonly signatureAlgorithm?: string | undefined;
  /** The algorithm of the key of the certificate, `RSA2048`. */
  readonly keyAlgorithm?: string | undefined;
  /** What else there is. */
  readonly tlvs?: readonly ProxyTlv[] | undefined;
}

/** What can be said besides the addresses, in version 2. */
export interface ProxyDetails {
  /** The protocol that was negotiated with the client, as in `h2`. */
  readonly alpn?: string | undefined;
  /** The host name that the client has asked for: TLS's server name. */
  readonly authority?: string | undefined;
  /** What identifies the connection at the sender: 128 bytes at most. */
  readonly uniqueId?: Uint8Array | undefined;
  /** TLS between the client and the proxy (PP2_TYPE_SSL). */
  readonly tls?: ProxyTls | undefined;
  /** A namespace of the network. */
  readonly netns?: string | undefined;
  /** What there is besides, in its order. */
  readonly tlvs?: readonly ProxyTlv[] | undefined;
}

/** A header that was received. */
export interface ProxyHeader extends ProxyDetails {
  /** Of the protocol: 1 is text, 2 is bytes. */
  readonly version: 1 | 2;
  /** `local`: the sender speaks for itself, as in a health check, and there are no addresses. */
  readonly command: 'proxy' | 'local';
  /** What the client has spoken to the sender; `unspecified` where it is not said, and there are no addresses. */
  readonly transport: 'stream' | 'datagram' | 'unspecified';
  /** Where the client is. Null where that is not said. */
  readonly source: Endpoint | null;
  /** Where it has connected to. */
  readonly destination: Endpoint | null;
  /** What there is besides, in its order; empty in version 1. */
  readonly tlvs: readonly ProxyTlv[];
  /** It had a checksum, which was right. */
  readonly checked: boolean;
}

/** A header to send. */
export interface ProxyHeaderFields extends ProxyDetails {
  /** Of the protocol: 1 is text, 2 is bytes. */
  readonly version: 1 | 2;
  /**
   * `local` for a connection of the proxy's own, such as a health check.
   * @defaultValue 'proxy'
   */
  readonly command?: 'proxy' | 'local' | undefined;
  /**
   * What the client speaks.
   * @defaultValue 'stream'
   */
  readonly transport?: 'stream' | 'datagram' | 'unspecified' | undefined;
  /** Where the client is. */
  readonly source?: Endpoint | null | undefined;
  /** What the client has dialled. */
  readonly destination?: Endpoint | null | undefined;
  /** With a checksum (version 2). */
  readonly crc?: boolean | undefined;
}
