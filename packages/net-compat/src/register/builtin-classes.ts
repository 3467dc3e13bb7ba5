import { builtinOptions } from '@netstrata/handles';
import { bare, plainOptions } from '@netstrata/stream-core';
import { required as net } from '../as-required.js';
import { loadBuiltin, type BuiltinNet } from '../runtime/runtime.js';
import { Server } from '../server/server.js';
import { asyncIdOf, Socket } from '../socket/socket.js';
import type { SocketMembers } from '../socket/socket-members.js';
import type { Changes } from './changes.js';
import type { TlsSocket } from './tls-wrap.js';

/** Options that a server of Node's checks. */
const CHECKED = ['highWaterMark', 'keepAliveInitialDelay', 'blockList'];

type Class = (new (...args: never[]) => object) & { readonly prototype: object };

interface Http {
  readonly Agent: { readonly prototype: { readonly createConnection: unknown } };
  readonly Server: Class;
}

interface Others {
  readonly http: Http | undefined;
  readonly TLSSocket: (new (stream: object) => TlsSocket) | undefined;
  readonly servers: readonly Class[];
}

/**
 * Loads the builtins whose classes extend those of net. They take their parents when they are loaded, so it has to be before anything is
 * replaced: what of theirs is a socket stays the builtin's.
 */
export function loadOthers(): Others {
  loadBuiltin('tty');
  const http = loadBuiltin('http') as Http | undefined;
  const tls = loadBuiltin('tls') as { readonly Server: Class; readonly TLSSocket: new (stream: object) => TlsSocket } | undefined;
  const http2 = loadBuiltin('http2') as { createServer(options: object): object } | undefined;
  const servers = [http?.Server, tls?.Server, http2?.createServer(plainOptions({}, CHECKED)).constructor as Class | undefined];
  return { http, TLSSocket: tls?.TLSSocket, servers: servers.filter((found) => found !== undefined) };
}

/** Servers of http, https, tls and http2 become ours, and http's agents dial through us. */
export function adoptOthers(changes: Changes, { http, servers }: Others, original: BuiltinNet): void {
  for (const one of servers) {
    if (Object.getPrototypeOf(one.prototype) === original.Server.prototype) changes.relink(one.prototype, Server.prototype);
    if (Object.getPrototypeOf(one) === original.Server) changes.relink(one, Server);
  }
  // Newer Nodes look it up when they dial.
  const agent = http?.Agent.prototype;
  if (agent !== undefined && agent.createConnection === original.createConnection) {
    changes.replace(agent, 'createConnection', { value: net.createConnection });
  }
}

/**
 * Node's http reads and sets the id that `async_hooks` has for the handle of a socket: callbacks of a request that uses a connection again
 * belong to that request. The builtin's sockets have it under a symbol.
 */
export function giveAsyncIds(changes: Changes, original: BuiltinNet): void {
  const { Socket: Builtin } = original as unknown as { Socket: new (options: object) => object };
  const symbol = Object.getOwnPropertySymbols(new Builtin(builtinOptions({}))).find(({ description }) => description === 'async_id_symbol');
  if (symbol === undefined) return;
  changes.define(Socket.prototype, symbol, {
    get(this: SocketMembers) { return asyncIdOf(this); },
    set(this: Socket, value: unknown) { Object.defineProperty(this, symbol, bare({ value, writable: true, configurable: true })); },
    configurable: true,
  });
}
