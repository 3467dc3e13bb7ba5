import { codedError, describe, hasOption, invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import type { Connection, DialEndpoint, Endpoint } from '@netstrata/transport';
import { encodeProxyHeader } from '../header/encode.js';
import type { ProxyDetails, ProxyHeaderFields } from '../header/header.js';

/** What a header is made for. */
export interface DialledConnection {
  /** What was dialled: an endpoint, or a name. */
  readonly endpoint: DialEndpoint;
  /** The ends of the connection that stands. */
  readonly local: Endpoint | null;
  /** What was dialled; null where it is not known. */
  readonly remote: Endpoint | null;
}

type Fields = Omit<ProxyHeaderFields, 'version'>;

export interface SendOptions extends ProxyDetails {
  /** Each connection that is dialled begins with a header of this version. */
  readonly send?: 1 | 2 | undefined;
  /** `local` for connections of one's own, such as health checks: the addresses are not said. */
  readonly command?: 'proxy' | 'local' | undefined;
  /** Where the client is, and where it has connected to; the local and the remote end of the connection when not given. */
  readonly source?: Endpoint | null | undefined;
  /** What the header names as dialled. */
  readonly destination?: Endpoint | null | undefined;
  /** With a checksum (version 2). */
  readonly crc?: boolean | undefined;
  /**
   * What the header of one connection says, ahead of what the other options say. What it throws is the error of that connection, as is
   * `ERR_INVALID_RETURN_VALUE` where it returns something else, such as a promise.
   */
  readonly header?: ((connection: DialledConnection) => Fields | null | undefined) | undefined;
}

const NAMES = ['command', 'source', 'destination', 'crc', 'alpn', 'authority', 'uniqueId', 'tls', 'netns', 'tlvs'] as const;

/** Makes the header of a connection. Null where none is to be sent. Throws what `encodeProxyHeader` throws, for what is wrong with all. */
export function headersOf(given: SendOptions): ((endpoint: DialEndpoint, below: Connection) => Uint8Array) | null {
  const { send, header } = optionsOf(given, ['send', 'header']);
  const fields: Fields = optionsOf(given, NAMES);
  if (send === undefined) {
    const [useless] = [...Object.keys(fields), ...(header === undefined ? [] : ['header'])];
    if (useless !== undefined) throw invalidArgValue('options.send', send, `must be there for options.${useless}`);
    return null;
  }
  if ((send as unknown) !== 1 && (send as unknown) !== 2) throw invalidArgValue('options.send', send, 'must be 1 or 2');
  if (header !== undefined && typeof header !== 'function') throw invalidArgType('options.header', 'of type function', header);
  encodeProxyHeader({ ...fields, version: send });
  return (endpoint, { local, remote }) => {
    const own = header === undefined ? {} : ownOf(header, Object.freeze({ endpoint, local, remote }));
    return encodeProxyHeader({ source: local, destination: remote, ...fields, ...own, version: send });
  };
}

export const badHeader = (message: string): Error => codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', message);

/** What a program says of one connection. What it does not say must not be said for it: a header with other addresses is a lie. */
function ownOf(header: NonNullable<SendOptions['header']>, connection: DialledConnection): Fields {
  const given: unknown = header(connection);
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given) || hasOption(given, 'then')) {
    throw badHeader(`Expected an object or nothing to be returned from the "options.header" function but got ${describe(given)}.`);
  }
  return optionsOf(given as Fields, NAMES);
}
