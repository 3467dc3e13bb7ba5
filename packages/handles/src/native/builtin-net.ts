import imported from 'node:net';

/** Owns the runtime's own `node:net`: as it was when this was loaded, whatever is put in its place afterwards. */

/** Where `net-compat/register` keeps the builtin's own members while others replace them. */
const original = Symbol.for('netstrata.builtin');

interface Net extends Pick<typeof imported, 'Socket' | 'createServer'> {
  /** A handle that is bound, or a libuv error number. */
  _createServerHandle?: (address: string | null, port: number | null, type: number | null, fd?: number, flags?: number) => object | number;
  /** Node 24 and later. */
  BoundSocket?: new (options: object) => object;
}

// A program that answers `require('net')` with net-compat must not give it to what net-compat depends on.
const load = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule;
const exports = (load?.('node:net') ?? imported) as typeof imported;
const kept = ((exports.Socket as { [original]?: Net })[original] ?? exports) as Net;
const { Socket, createServer, _createServerHandle, BoundSocket } = kept;

export const net: Net = { Socket, createServer, _createServerHandle: _createServerHandle!, BoundSocket: BoundSocket! };
