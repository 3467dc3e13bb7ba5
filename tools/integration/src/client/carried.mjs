import net from 'node:net';
import { TLSSocket } from 'node:tls';

/** The builtin's class: net-compat's prototype stands on it. */
const isBuiltin = process.env.NETSTRATA_LANE === 'builtin';
const Builtin = isBuiltin ? net.Socket : Object.getPrototypeOf(net.Socket.prototype).constructor;

/** Every socket of the `net` that the clients get, that was told to connect. */
const dialled = new Set();
/** Those of the builtin below them. */
const below = new Set();
let servers = 0;

function watch(prototype, method, note) {
  const original = prototype[method];
  prototype[method] = function (...args) {
    note(this);
    return original.apply(this, args);
  };
}

watch(net.Socket.prototype, 'connect', (socket) => dialled.add(socket));
watch(net.Server.prototype, 'listen', () => (servers += 1));
// A TLSSocket that nobody gave a socket dials by itself, and stays the builtin's.
if (!isBuiltin) watch(Builtin.prototype, 'connect', (socket) => socket instanceof TLSSocket || below.add(socket));

/** What carried the bytes of this process: the judge knows what it must be in which lane. */
export function carried() {
  return {
    replaced: net.Socket !== Builtin,
    dials: dialled.size,
    bytesRead: [...dialled].reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    servers,
    // Not every one of them has a connection: on the libuv driver one may be there to be measured.
    builtinReaders: [...below].filter(({ bytesRead }) => bytesRead > 0).length,
  };
}
