import { bare } from '@netstrata/stream-core';
import { isInstance } from '../runtime/function-classes.js';
import { loadBuiltin, type BuiltinNet } from '../runtime/runtime.js';
import { nodesClasses } from '../shared/nodes-classes.js';
import { Socket } from '../socket/socket.js';
import { loadedOthers, relink, type Class, type Tls } from './builtin-classes.js';

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
      relink(Object, classUnder(instance), Socket as unknown as Class, builtin);
      return;
    }
    const { tls } = loadedOthers();
    if (tls === null) return;
    relink(Object, tls.TLSSocket, Socket as unknown as Class, builtin);
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
