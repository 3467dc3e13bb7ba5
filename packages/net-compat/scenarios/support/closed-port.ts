import * as net from 'node:net';

interface Handle {
  getsockname(out: { port?: number }): number;
  unref(): void;
}

const { _createServerHandle: bind } = net as unknown as { _createServerHandle: (host: string, port: number, type: 4 | 6) => Handle | number };

const bound = new Map<string, { handle: Handle; port: number }>();

/**
 * A port of `host` where nobody listens, and nobody will while this process lives: a socket is bound to it that does not listen.
 * One that a server has just left could be given to another process; the near end of a connection, to who dials it, and then they connect to
 * themselves.
 */
export function closedPort(host: string): number {
  let own = bound.get(host);
  if (own === undefined) bound.set(host, (own = occupy(host)));
  return own.port;
}

function occupy(host: string): { handle: Handle; port: number } {
  const handle = bind(host, 0, net.isIPv6(host) ? 6 : 4);
  if (typeof handle === 'number') throw new Error(`A port of ${host} could not be bound: ${handle}`);
  const name: { port?: number } = {};
  handle.getsockname(name);
  handle.unref();
  return { handle, port: name.port! };
}
