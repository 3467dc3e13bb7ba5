import { builtinOptions } from '@netstrata/handles';
import { bare, descriptorOf, plainOptions } from '@netstrata/stream-core';
import { createConnection } from '../api/default-net.js';
import { hasLoaded, loadBuiltin, type BuiltinNet } from '../runtime/runtime.js';
import { Server } from '../server/server.js';
import { asyncIdOf, Socket } from '../socket/socket.js';
import type { SocketMembers } from '../socket/socket-members.js';
import type { Changes } from './changes.js';
import type { TlsSocket } from './tls-wrap.js';

/** Options that a server of Node's checks. */
const CHECKED = ['highWaterMark', 'keepAliveInitialDelay', 'blockList'];

export type Class = (new (...args: never[]) => object) & { readonly prototype: object };

interface Http {
  readonly Agent: { readonly prototype: { readonly createConnection: unknown } };
  readonly Server: Class;
}

export interface Tls {
  readonly Server: Class;
  readonly TLSSocket: Class & (new (stream: object) => TlsSocket);
}

interface Http2 {
  createServer(options: object): object;
}

/** What Node has built on net, as far as it has loaded it. Each of these files takes its parents from net when it is loaded. */
export interface Others {
  readonly http: Http | null;
  readonly tls: Tls | null;
  readonly http2: Http2 | null;
}

const FILES = { http: /^_http_server$/, tls: /^(_tls_wrap|internal\/tls\/wrap)$/, http2: /^internal\/http2\/core$/ };

export function loadedOthers(): Others {
  const loaded = (name: keyof typeof FILES): unknown => (hasLoaded(FILES[name]) ? loadBuiltin(name) ?? null : null);
  return { http: loaded('http') as Http | null, tls: loaded('tls') as Tls | null, http2: loaded('http2') as Http2 | null };
}

function serversOf({ http, tls, http2 }: Others): readonly Class[] {
  const ofHttp2 = http2?.createServer(plainOptions({}, CHECKED)).constructor as Class | undefined;
  return [http?.Server, tls?.Server, ofHttp2].filter((found) => found !== undefined);
}

/** Puts a class under another parent, if it is under this one. */
export function relink(by: Relinking, one: Class, from: Class, to: Class): void {
  if (Object.getPrototypeOf(one.prototype) === from.prototype) by.setPrototypeOf(one.prototype, to.prototype);
  if (Object.getPrototypeOf(one) === from) by.setPrototypeOf(one, to);
}

interface Relinking {
  setPrototypeOf(target: object, parent: object): void;
}

/** Servers of http, https, tls and http2 become ours, and http's agents dial through us. What is loaded later finds us by itself. */
export function adoptOthers(changes: Changes, others: Others, original: BuiltinNet): void {
  for (const one of serversOf(others)) relink(changes, one, original.Server as Class, Server);
  // Newer Nodes look it up when they dial.
  const agent = others.http?.Agent.prototype;
  if (agent !== undefined && agent.createConnection === original.createConnection) {
    changes.replace(agent, 'createConnection', { value: createConnection });
  }
}

/** What has found us by itself goes back to the builtin. */
export function releaseOthers(original: BuiltinNet): void {
  const others = loadedOthers();
  for (const one of serversOf(others)) relink(Object, one, Server, original.Server as Class);
  if (others.tls !== null) relink(Object, others.tls.TLSSocket, Socket, original.Socket as Class);
  const agent = others.http?.Agent.prototype;
  if (agent !== undefined && agent.createConnection === createConnection) {
    const member = descriptorOf(agent, 'createConnection');
    Object.defineProperty(agent, 'createConnection', bare({ ...member, value: original.createConnection }));
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
