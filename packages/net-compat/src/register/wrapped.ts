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

/** What a program has put in the place of methods of the builtin's classes. */
export function findWrapped(original: BuiltinNet): readonly Wrapped[] {
  // Sockets of the builtin below ours meet it there.
  if (getDriver().name === 'host') return [];
  const isNodes = ownMethodsOfNet();
  const classes = [[Socket.prototype, original.Socket.prototype], [Server.prototype, original.Server.prototype]] as const;
  return classes.flatMap(([ours, theirs]) => Object.getOwnPropertyNames(theirs)
    .filter((name) => {
      const standing: unknown = descriptorOf(theirs, name)?.value;
      return name !== 'constructor' && typeof standing === 'function' && !isNodes(standing);
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
    if (standing !== last) isOurs = isNodes(standing);
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
