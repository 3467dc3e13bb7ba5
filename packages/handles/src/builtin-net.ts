import imported from 'node:net';

/** Where `net-compat/register` keeps the builtin's own members while others stand in their place. */
const original = Symbol.for('netstrata.builtin');

type Net = Pick<typeof imported, 'Socket' | 'createServer'> & { _createServerHandle?: (address: null, port: null, type: null, fd: number) => unknown; BoundSocket?: new (options: object) => object };

// A program that answers `require('net')` with net-compat must not give it to what net-compat stands on.
const load = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule;
const exports = (load?.('node:net') ?? imported) as typeof imported;
const kept = ((exports.Socket as { [original]?: Net })[original] ?? exports) as Net;

/** The runtime's own net as it was when this was loaded, whatever is put in its place later. */
export const net: Net = { Socket: kept.Socket, createServer: kept.createServer, _createServerHandle: kept._createServerHandle!, BoundSocket: kept.BoundSocket! };
