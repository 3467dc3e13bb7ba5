/**
 * The one place where errors of the system are made, in Node's shapes (lib/internal/errors.js: `exceptionWithHostPort`,
 * `uvExceptionWithHostPort`, `errnoException`; the same on Node 20 to 26):
 *
 * ```ts
 * systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint });  // connect ECONNREFUSED 127.0.0.1:1
 * systemError({ errno: status, errors: uvErrorMap, syscall: 'read' });  // read ECONNRESET
 * systemError({ code: 'EADDRINUSE', syscall: 'listen', endpoint });     // listen EADDRINUSE: address already in use ::1:80
 * systemError({ code: 'ENOTFOUND', syscall: 'connect', endpoint: { host: 'redis.internal', port: 6379 } });  // address: 'redis.internal'
 * systemError({ errno, errors, syscall: 'connect', endpoint, local });  // ... 10.0.0.1:1 - Local (10.0.0.2:4000), localAddress, localPort
 * systemError({ errno, errors, syscall: 'connect', endpoint, sockname });  // ... 10.0.0.1:1 - Local (0.0.0.0:0)
 * systemError({ code: 'EACCES', syscall: 'listen', address: null });    // listen EACCES: permission denied
 * ```
 *
 * Give `errno` (negative, the system's own) or `code`, or both; the other follows from `errors`, then from a table with
 * Linux's numbers. `listen` puts the system's text into the message and `code` before `errno`, as Node does.
 */
import { isError, optionOf, optionsOf } from '@netstrata/stream-core';
import { isNameEndpoint, isPathEndpoint, type ListenEndpoint, type NameEndpoint } from '../contract/endpoint.js';
import { describeErrno, type ErrnoMap } from './errno.js';

/** An error of the system. Own enumerable properties, in Node's order; absent where they do not apply. */
export interface SystemError extends Error {
  /** Negative, as libuv has it. */
  errno: number;
  /** `ECONNREFUSED` and the like. */
  code: string;
  /** What failed: `connect`, `read`, `write` ... */
  syscall: string;
  /** The IP address, the path, or the name that was not resolved here; null where a descriptor was listened on. */
  address?: string | null;
  /** Absent for 0; -1 where listening on a path failed. */
  port?: number;
  /** Where a near end was asked for that is not an ephemeral port. */
  localAddress?: string;
  /** Of the near end, 0 to 65535. */
  localPort?: number;
}

/** The near end of a connection, for the text of an error. */
export interface AddressAndPort {
  /** An IP address. */
  readonly address: string;
  /** 0 to 65535. */
  readonly port: number;
}

/** What a system error is made of. What is missing is found by what is there: the number by the code, the code by the number. */
export interface SystemErrorFields {
  /** As libuv has it; negative. */
  readonly errno?: number | undefined;
  /** `ECONNREFUSED` and the like. */
  readonly code?: string | undefined;
  /** The system's own numbers: `new Map` of number to `[code, text]`, as `util.getSystemErrorMap()` gives it. */
  readonly errors?: ErrnoMap | undefined;
  /** What failed: `connect`, `read`, `write` ... */
  readonly syscall: string;
  /** What was dialled, bound or listened on; sets `address` and `port`. */
  readonly endpoint?: ListenEndpoint | NameEndpoint | null | undefined;
  /** In place of `endpoint`, where there are only parts of one. */
  readonly address?: string | null | undefined;
  /** Of the far end, 0 to 65535. */
  readonly port?: number | undefined;
  /** The near end a connect was asked to use: ` - Local (address:port)`, and `localAddress` and `localPort`. */
  readonly local?: AddressAndPort | null | undefined;
  /** The near end as the system tells it, where `connect` failed at once: in the message only. */
  readonly sockname?: AddressAndPort | null | undefined;
  /** The system's text for the message; from the tables when `syscall` is `listen`, absent otherwise. */
  readonly text?: string | undefined;
}

type CaptureStackTrace = (target: object, below: (fields: SystemErrorFields) => SystemError) => void;

const FIELDS = ['errno', 'code', 'errors', 'syscall', 'endpoint', 'address', 'port', 'local', 'sockname', 'text'] as const;

/**
 * An error as the system's calls give it, with Node's text: `connect ECONNREFUSED 127.0.0.1:1`. Its fields are own and enumerable.
 * @example
 * ```js
 * import { systemError } from '@netstrata/transport';
 *
 * const error = systemError({ code: 'ECONNRESET', syscall: 'read' });
 * console.log(error.message, error.errno < 0); // prints read ECONNRESET true
 * ```
 */
export function systemError(given: SystemErrorFields): SystemError {
  const fields = optionsOf(given, FIELDS);
  const { errno, code, text: known } = describeErrno(fields.errno, fields.code, fields.errors);
  const { syscall, local } = fields;
  const near = local ?? fields.sockname;
  const { address, port } = placeOf(fields);
  const text = fields.text ?? (syscall === 'listen' ? known : undefined);

  let message = text === undefined ? `${syscall} ${code}` : `${syscall} ${code}: ${text}`;
  if (port !== undefined && port > 0) message += ` ${address}:${port}`;
  else if (address) message += ` ${address}`;
  if (near) message += ` - Local (${near.address}:${near.port})`;

  const error = new Error(message) as SystemError;
  if (text === undefined) {
    error.errno = errno;
    error.code = code;
  } else {
    error.code = code;
    error.errno = errno;
  }
  error.syscall = syscall;
  if (address !== undefined) error.address = address;
  if (port) error.port = port;
  if (local) {
    error.localAddress = local.address;
    error.localPort = local.port;
  }
  (Error as { captureStackTrace?: CaptureStackTrace }).captureStackTrace?.(error, systemError);
  return error;
}

/** Whether a value has what every error of a transport has: `code`, `errno` and `syscall`. */
export function isSystemError(value: unknown): value is SystemError {
  if (!isError(value)) return false;
  const { code, errno, syscall } = value as Partial<SystemError>;
  return typeof code === 'string' && typeof errno === 'number' && typeof syscall === 'string';
}

/** Node passes a path as the address; for listening its port is then -1. `::` means every address. */
function placeOf(fields: SystemErrorFields): { address?: string | null | undefined; port?: number | undefined } {
  const { endpoint, syscall } = fields;
  if (!endpoint) return fields;
  if (isNameEndpoint(endpoint)) return { address: endpoint.host, port: endpoint.port };
  if (!isPathEndpoint(endpoint)) return { address: optionOf(endpoint, 'address') ?? '::', port: endpoint.port };
  return { address: endpoint.path, port: syscall === 'listen' ? -1 : undefined };
}
