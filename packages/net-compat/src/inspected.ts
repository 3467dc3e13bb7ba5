import type { SocketMembers } from './socket-members.js';

type Inspect = (value: unknown, options: object) => string;

/** A socket as `util.inspect` shows it: what a reader of a log wants to know, without the machinery. */
export function inspected(socket: SocketMembers, depth: number, options: object, inspect: Inspect): string {
  const name = socket.constructor.name;
  if (depth < 0) return `[${name}]`;
  const { connecting, destroyed, readyState, allowHalfOpen, bytesRead, bytesWritten, readableLength, writableLength, timeout } = socket;
  const shown: Record<string, unknown> = {
    readyState, connecting, destroyed, allowHalfOpen, bytesRead, bytesWritten, readableLength, writableLength,
    local: socket._getsockname(), remote: socket._getpeername(),
    ...(timeout !== undefined && { timeout }),
  };
  for (const [key, value] of Object.entries(socket)) if (!key.startsWith('_') && !(key in shown)) shown[key] = value;
  return `${name} ${inspect(shown, { ...options, depth })}`;
}

inspected.symbol = Symbol.for('nodejs.util.inspect.custom');
