import { bare, descriptorOf } from '@netstrata/stream-core';
import { context, contextOf, defaultContext, type NetContext } from './context.js';

interface Routing {
  /** Which net a new socket or server of the default net belongs to: none is chosen where this is null. */
  choose: (() => NetContext | undefined) | null;
}

const key = Symbol.for('netstrata.routing');

/** One for all copies of this package: vitest loads another for files of tests than Node does for packages that these import. */
const routing = (descriptorOf(globalThis, key)?.value as Routing | undefined) ?? { choose: null };
Reflect.defineProperty(globalThis, key, bare({ value: routing }));

/** The last choice holds. Call what it returns to end it. */
export function chooseNet(choice: () => NetContext | undefined): () => void {
  routing.choose = choice;
  return () => {
    if (routing.choose === choice) routing.choose = null;
  };
}

type DeriveSocket = (net: NetContext) => unknown;

/** Nets of other copies, and the same over classes of this one. */
const fromOthers = new WeakMap<NetContext, NetContext>();

function ofThisCopy(net: NetContext, deriveSocket: DeriveSocket): NetContext {
  if (contextOf(net.Socket.prototype) === net) return net;
  let own = fromOthers.get(net);
  if (own === undefined) {
    own = Object.create(net) as NetContext;
    own.Socket = deriveSocket(own) as NetContext['Socket'];
    fromOthers.set(net, own);
  }
  return own;
}

/** The net that a new socket or server belongs to. */
export function netFor(owner: object, deriveSocket: DeriveSocket): NetContext {
  const net = contextOf(owner);
  if (routing.choose === null || net !== defaultContext) return net;
  const choice = routing.choose();
  if (choice === undefined) return net;
  const chosen = ofThisCopy(choice, deriveSocket);
  Object.defineProperty(owner, context, bare({ value: chosen }));
  return chosen;
}
