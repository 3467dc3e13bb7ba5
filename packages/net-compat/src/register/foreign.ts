import { bare, descriptorOf, engine } from '@netstrata/stream-core';
import { listener, ownListen2 } from '../shared/server-face.js';
import { nodesClasses } from '../shared/nodes-classes.js';
import { descriptorIn, isInstance } from '../runtime/function-classes.js';
import { loadBuiltin, type BuiltinNet } from '../runtime/runtime.js';
import { Server } from '../server/server.js';
import { Socket } from '../socket/socket.js';
import { loadedOthers, relink, type Class, type Tls } from './builtin-classes.js';
import type { Changes } from './changes.js';

/**
 * Node's own classes that are made of a builtin socket stay that (`TLSSocket`, `tty.ReadStream`), and so do sockets and servers
 * that were made before. What Node calls on them by way of the prototypes reaches the builtin's methods.
 */
export function welcomeForeign(changes: Changes, original: BuiltinNet): void {
  // Node's http calls these two on the sockets of a server, TLS sockets among them.
  for (const name of ['on', 'addListener']) guard(changes, Socket.prototype, original.Socket.prototype, name, (value) => engine in value);
  for (const name of Reflect.ownKeys(Server.prototype)) {
    // It looks itself, so that a user's line is near in stack traces.
    if (name === 'constructor' || name === 'listen') continue;
    guard(changes, Server.prototype, original.Server.prototype, name, (value) => listener in value);
  }
  // Node's http2 has kept hold of the builtin's, and calls it on servers that are ours now.
  guard(changes, original.Server.prototype, Server.prototype, 'close', (value) => !(listener in value));
}

type Method = (this: object, ...args: unknown[]) => unknown;

/** Lets a member of `prototype` leave objects of another kind to the member of that name of `other`. */
export function guard(changes: Changes, prototype: object, other: object, key: PropertyKey, isOwn: (value: object) => boolean): void {
  const descriptor = descriptorIn(prototype, key)!;
  // Bun's `listening`, as which ours is made.
  if (descriptor.configurable === false && Object.hasOwn(prototype, key)) return;
  const { get: getter } = descriptor as { get?: Method };
  if (typeof descriptor.value === 'function') {
    const method = descriptor.value as Method;
    const guarded = function (this: object, ...args: unknown[]): unknown {
      return (isOwn(this) ? method : (Reflect.get(other, key) as Method)).apply(this, args);
    };
    if (ownListen2.has(method)) ownListen2.add(guarded);
    for (const of of ['name', 'length']) Object.defineProperty(guarded, of, descriptorOf(method, of)!);
    changes.define(prototype, key, { ...descriptor, value: guarded });
  } else if (getter !== undefined) {
    const guarded = function (this: object): unknown {
      return isOwn(this) ? getter.call(this) : Reflect.get(other, key, this);
    };
    changes.define(prototype, key, { ...descriptor, get: guarded });
  }
}

/**
 * Waits until Node has loaded tls, and gives its sockets back to the builtin: `TLSSocket`, and the class of what tls puts over streams of
 * JavaScript. Both took `Socket` for their parent. All use of tls begins with the constructor of one of them, which calls that of `Socket`.
 */
export function claimTls(original: BuiltinNet, adopt: (TLSSocket: Tls['TLSSocket']) => void): void {
  const builtin = original.Socket as Class;
  let isProbing = false;
  nodesClasses.claim = (instance) => {
    if (Object.getPrototypeOf(instance) === Socket.prototype || !isInstance(instance, Socket)) return;
    if (isProbing) {
      relink(Object, classUnder(instance), Socket, builtin);
      return;
    }
    const { tls } = loadedOthers();
    if (tls === null) return;
    relink(Object, tls.TLSSocket, Socket, builtin);
    isProbing = true;
    const { Duplex } = loadBuiltin('stream') as { Duplex: new (options: object) => object };
    const probe = new tls.TLSSocket(new Duplex(bare({ read() {}, write() {} })));
    nodesClasses.claim = null;
    probe.on('error', () => {});
    probe.destroy();
    adopt(tls.TLSSocket);
  };
}

/** The class of `instance` that extends `Socket` itself. */
function classUnder(instance: object): Class {
  let prototype = instance;
  for (let next = prototype; next !== Socket.prototype; next = Object.getPrototypeOf(next) as object) prototype = next;
  return prototype.constructor as Class;
}
