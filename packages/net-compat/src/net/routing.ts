import { bare } from '@netstrata/stream-core';
import { context, contextOf, defaultContext, type NetContext } from './context.js';
import type { Net } from '../api/net.js';

/** @internal What each net of `createNet` is made of. */
export const contexts = new WeakMap<Net, NetContext>();

let find: (() => Net | null | undefined) | null = null;

/**
 * Lets sockets and servers of the default net, which under `register` is what `node:net` gives, belong to another one: to the net that `choose`
 * answers when one is made, if it answers any. Call what it returns to end that. There is one such choice in a process; the last one holds.
 *
 * With an AsyncLocalStorage behind it, parts of a program have nets of their own and do not know.
 */
export function routeNet(choose: () => Net | null | undefined): () => void {
  find = choose;
  return () => {
    if (find === choose) find = null;
  };
}

/** The net that something new belongs to. */
export function route(owner: object): NetContext {
  const own = contextOf(owner);
  if (find === null || own !== defaultContext) return own;
  const net = find();
  const chosen = net == null ? undefined : contexts.get(net);
  if (chosen === undefined) return own;
  Object.defineProperty(owner, context, bare({ value: chosen }));
  return chosen;
}
