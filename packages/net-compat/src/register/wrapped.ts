import { getDriver, ownMethodsOfNet } from '@netstrata/handles';
import { bare, descriptorOf, engine } from '@netstrata/stream-core';
import { refusePastUs } from '../outbound/past-us.js';
import type { BuiltinNet } from '../runtime/runtime.js';
import { Server } from '../server/server.js';
import { defaultContext } from '../shared/context.js';
import { Socket } from '../socket/socket.js';
import type { Changes } from './changes.js';

type Method = (this: object, ...args: unknown[]) => unknown;

/** A method of the builtin's that is not its own. */
interface Wrapped {
  readonly ours: object;
  readonly theirs: object;
  readonly name: string;
}

const EVENTS = ['emit', 'on', 'addListener', 'once', 'prependListener', 'prependOnceListener', 'off', 'removeListener'];

/**
 * The methods that do on a socket or server of ours what they do on one of the builtin's: those of emitters, and those that only ask a
 * handle. Others reach into the builtin's own streams.
 */
const DO_THE_SAME = {
  Socket: new Set([...EVENTS, 'connect', 'ref', 'unref', 'setNoDelay', 'setKeepAlive']),
  Server: new Set([...EVENTS, 'listen', '_listen2', 'address', 'getConnections', 'ref', 'unref']),
};

/** What a program has put in the place of methods of the builtin's classes. */
export function findWrapped(original: BuiltinNet): readonly Wrapped[] {
  // Sockets of the builtin below ours meet it there, and those that dial for Bun's.
  if (getDriver().name !== 'libuv') return [];
  const isNodes = ownMethodsOfNet();
  const classes = [
    [Socket.prototype, original.Socket.prototype, DO_THE_SAME.Socket], [Server.prototype, original.Server.prototype, DO_THE_SAME.Server],
  ] as const;
  return classes.flatMap(([ours, theirs, names]) => Object.getOwnPropertyNames(theirs)
    .filter((name) => {
      const standing: unknown = descriptorOf(theirs, name)?.value;
      return names.has(name) && typeof standing === 'function' && !isNodes(standing);
    })
    .map((name) => ({ ours, theirs, name })));
}

/**
 * What a program had put there before `register` stands before ours, too: as long as it does there, since tools take it away again. It
 * calls the builtin's own in the end, on a socket of ours (socket/adopt.ts).
 */
export function keepWrapped(changes: Changes, wrapped: readonly Wrapped[]): void {
  if (wrapped.length === 0) return;
  const isNodes = ownMethodsOfNet();
  for (const one of wrapped) putBefore(changes, one, isNodes);
}

function putBefore(changes: Changes, { ours, theirs, name }: Wrapped, isNodes: (method: unknown) => boolean): void {
  const method = Reflect.get(ours, name) as Method;
  let last: unknown = undefined;
  let isOurs = false;
  const before = function (this: object, ...args: unknown[]): unknown {
    // What it calls in the end would dial for Node's TLS sockets, past every policy.
    if (name === 'connect' && defaultContext.isConfined && !(engine in this)) return method.apply(this, args);
    const standing = underneath(Reflect.get(theirs, name));
    // The tool may have taken away what it had added.
    if (standing !== last) isOurs = typeof standing !== 'function' || isNodes(standing);
    last = standing;
    return (isOurs ? method : standing).apply(this, args);
  };
  markAs(before, Reflect.get(theirs, name) as object);
  changes.define(ours, name, { ...(descriptorOf(theirs, name) as PropertyDescriptor), value: before });
}

/** What hangs on a method: its name, and `__original` and `__unwrap`, by which tools know their own. */
function markAs(method: object, standing: object): void {
  const keys = Reflect.ownKeys(standing).filter((key) => key !== 'prototype');
  Object.defineProperties(method, Object.fromEntries(keys.map((key) => [key, bare(descriptorOf(standing, key))] as const)));
}

/** What `refuseBuiltin` has put in place of a method, with that. */
const refusals = new WeakMap<object, Method>();

/** A method of the builtin's as it is when nothing is refused. */
export function underneath(method: unknown): Method {
  return refusals.get(method as object) ?? (method as Method);
}

/**
 * Who has got hold of the builtin's `Socket` or `connect` before `register`, or made a class of it, makes sockets of the builtin for ever.
 * They do not dial while the process has a policy or a route.
 */
export function refuseBuiltin(changes: Changes, { Socket: { prototype } }: BuiltinNet): void {
  const standing = descriptorOf(prototype, 'connect')?.value as Method | undefined;
  // Below the host driver the builtin's sockets dial for ours.
  if (standing === undefined || refusals.has(standing) || getDriver().name !== 'libuv') return;
  const refusing = function (this: object, ...args: unknown[]): unknown {
    return engine in this || !defaultContext.isConfined ? standing.apply(this, args) : refusePastUs(this, args, standing);
  };
  markAs(refusing, standing);
  // By which the builtin's own is found below it.
  Object.defineProperty(refusing, '__original', bare({ value: standing, configurable: true, writable: true }));
  refusals.set(refusing, standing);
  changes.replace(prototype, 'connect', { value: refusing });
}
