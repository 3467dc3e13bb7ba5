import { asText, codedError, type CodedError } from '@netstrata/stream-core';

export const missingArgs = (): CodedError =>
  codedError(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
export const socketClosed = (): CodedError => codedError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed');
export const closedBeforeConnection = (): CodedError =>
  codedError(Error, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established');
export const serverNotRunning = (): CodedError => codedError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.');
export const serverAlreadyListening = (): CodedError =>
  codedError(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
export const invalidIpAddress = (address: unknown): CodedError =>
  codedError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${asText(address)}`, invalidIpAddress);
export const addressBlocked = (address: string): CodedError =>
  codedError(Error, 'ERR_IP_BLOCKED', `IP(${address}) is blocked by net.BlockList`);
export const addressUnknown = (host: string): CodedError =>
  codedError(Error, 'ERR_IP_BLOCKED', `The address of ${host} is not known here, and could be blocked by net.BlockList`);

/** The error of a stream whose AbortSignal was aborted. */
class AbortError extends Error {
  readonly code = 'ABORT_ERR';
  override readonly name = 'AbortError';
}
export const abortError = (cause: unknown): CodedError => new AbortError('The operation was aborted', { cause });
export function invalidAddressFamily(family: unknown, host: unknown, port: unknown): CodedError {
  const message = `Invalid address family: ${String(family)} ${String(host)}:${String(port)}`;
  return Object.assign(codedError(RangeError, 'ERR_INVALID_ADDRESS_FAMILY', message), { host, port });
}
export const invalidHandleType = (): CodedError => codedError(TypeError, 'ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
export const handleAdopted = (): CodedError =>
  codedError(Error, 'ERR_SOCKET_HANDLE_ADOPTED', 'The bound socket has already been adopted by a server or socket');
export const noOpening = (transport: string): CodedError =>
  codedError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `The ${transport} transport cannot bind a socket that is not connected`);
/** A transport reports inside the call, or its `connect` returns nothing: the first mistakes of who writes one. */
export const connectedTooEarly = (): CodedError => codedError(
  Error,
  'ERR_INVALID_STATE',
  'A transport calls `onConnect` when `connect` has returned a connection: nothing is reported inside a call (rule C1)',
);
export const noTransport = (kind: string): CodedError =>
  codedError(Error, 'ERR_NO_TRANSPORT', `This net was made without a transport for ${kind}`);

/** The peer has ended, and so has this side. */
export function endedByPeer(): CodedError {
  const error = new Error('This socket has been ended by the other party') as CodedError;
  error.code = 'EPIPE';
  return error;
}

/** How many of many errors a message tells. */
const MOST_TOLD = 8;

/** Every attempt to connect failed. Node has no message for that; one that begins with `what` tells each. */
export function allAttemptsFailed(errors: Error[], what?: string): AggregateError & CodedError {
  const { code } = errors[0] as CodedError;
  const told = errors.slice(0, MOST_TOLD).map(({ message }) => message);
  if (errors.length > MOST_TOLD) told.push(`... ${errors.length - MOST_TOLD} more`);
  const error = new AggregateError(errors, what && `${what}: ${told.join('; ')}`) as AggregateError & CodedError;
  // As Node has it: the stack says the code, and there is no message.
  error.stack = error.stack?.replace(/^AggregateError(: )?/, `AggregateError [${code}]: `);
  error.code = code;
  return error;
}
