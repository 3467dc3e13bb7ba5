import { engine, descriptorOf } from '@netstrata/stream-core';
import { listener, ownListen2 } from '../shared/server-face.js';
import { descriptorIn } from '../runtime/function-classes.js';
import type { BuiltinNet } from '../runtime/runtime.js';
import { Server } from '../server/server.js';
import { Socket } from '../socket/socket.js';
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
