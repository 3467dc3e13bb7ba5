import { bare } from '@netstrata/stream-core';
import { context, contextOf, defaultContext, type NetContext } from './context.js';

/** Which net a new socket or server of the default net belongs to: none is chosen where this is null. */
let choose: (() => NetContext | undefined) | null = null;

/** The last choice holds. Call what it returns to end it. */
export function chooseNet(choice: () => NetContext | undefined): () => void {
  choose = choice;
  return () => {
    if (choose === choice) choose = null;
  };
}

/** The net that a new socket or server belongs to. */
export function netFor(owner: object): NetContext {
  const net = contextOf(owner);
  if (choose === null || net !== defaultContext) return net;
  const chosen = choose();
  if (chosen === undefined) return net;
  Object.defineProperty(owner, context, bare({ value: chosen }));
  return chosen;
}
