import type { ByteReader } from '@netstrata/stream-core/reader';
import type { InetEndpoint } from '@netstrata/transport';

/** The proxy is connected, or (of BIND) listens, or has accepted. */
export interface Granted {
  /** The address that the reply has; null where it has none, or a name. */
  readonly bound: InetEndpoint | null;
  /** Where a name has led to, from a proxy that was asked and tells. */
  readonly remote?: InetEndpoint | null | undefined;
}

/** The proxy will not. */
export interface Refused {
  readonly code: string;
  /** For the message. */
  readonly text?: string | undefined;
  /** Of HTTP. */
  readonly status?: number | undefined;
}

/** What is said to a proxy to be connected, one protocol's side of it. */
export interface Dialogue {
  /** What is said first. */
  readonly opening: Uint8Array;
  /** With that all is said, unless the proxy asks for something: bytes may follow at once. */
  readonly isOneFlight: boolean;
  /**
   * Reads what has come: gives what is to be said next, or what has come of it, or null while there is nothing to tell. Throws Malformed.
   */
  next(reader: ByteReader): Uint8Array | Granted | Refused | null;
}
