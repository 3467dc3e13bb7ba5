import net from 'node:net';
import { TLSSocket } from 'node:tls';

/** A tool gets what it patches as it is: nothing is watched. */
const isTool = process.env.NETSTRATA_TOOL !== undefined;
/** The builtin's class: net-compat's prototype inherits from it. */
const isBuiltin = isTool || process.env.NETSTRATA_LANE === 'builtin';
const Builtin = isBuiltin ? net.Socket : Object.getPrototypeOf(net.Socket.prototype).constructor;

/** Every socket of the clients' `net` whose `connect` was called. */
const dialled = new Set();
/** The builtin's sockets below them. */
const below = new Set();
let servers = 0;

function watch(prototype, method, note) {
  const original = prototype[method];
  prototype[method] = function (...args) {
    note(this);
    return original.apply(this, args);
  };
}

if (!isTool) {
  watch(net.Socket.prototype, 'connect', (socket) => dialled.add(socket));
  watch(net.Server.prototype, 'listen', () => (servers += 1));
}
// A TLSSocket that was given no socket makes its own connection, and stays the builtin's.
if (!isBuiltin) watch(Builtin.prototype, 'connect', (socket) => socket instanceof TLSSocket || below.add(socket));

/** What carried the bytes of this process; the judge knows what is right in each lane. */
export function carried() {
  return {
    replaced: net.Socket !== Builtin,
    dials: dialled.size,
    bytesRead: [...dialled].reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    servers,
    // Some of them have no connection: with the libuv driver one may only serve for measuring.
    builtinReaders: [...below].filter(({ bytesRead }) => bytesRead > 0).length,
  };
}
