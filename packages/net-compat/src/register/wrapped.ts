import { getDriver, ownMethodsOfNet } from '@netstrata/handles';
import { bare, descriptorOf } from '@netstrata/stream-core';
import type { BuiltinNet } from '../runtime/runtime.js';
import { Server } from '../server/server.js';
import { Socket } from '../socket/socket.js';
import type { Changes } from './changes.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

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
  const before = function (this: unknown, ...args: unknown[]): unknown {
    const standing = Reflect.get(theirs, name) as Method;
    // The tool may have taken away what it had added.
    if (standing !== last) isOurs = typeof standing !== 'function' || isNodes(standing);
    last = standing;
    return (isOurs ? method : standing).apply(this, args);
  };
  // What hangs on it too: `__original` and `__unwrap`, by which tools know their own.
  const standing = Reflect.get(theirs, name) as object;
  const keys = Reflect.ownKeys(standing).filter((key) => key !== 'prototype');
  const marks = keys.map((key) => [key, bare(descriptorOf(standing, key))] as const);
  Object.defineProperties(before, Object.fromEntries(marks));
  changes.define(ours, name, { ...(descriptorOf(theirs, name) as PropertyDescriptor), value: before });
}
