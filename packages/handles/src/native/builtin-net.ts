import imported from 'node:net';

/** Where `net-compat/register` keeps the builtin's own members while others stand in their place. */
const original = Symbol.for('netstrata.builtin');

/**
 * All options of Node's sockets and servers. Node copies what it is given into objects that inherit from `Object.prototype`, and asks those: what
 * somebody has put there would hold for options that are not given.
 */
const NOT_GIVEN = Object.fromEntries([
  'fd', 'handle', 'allowHalfOpen', 'readable', 'writable', 'pauseOnCreate', 'pauseOnConnect', 'manualStart', 'onread', 'signal', 'noDelay', 'keepAlive',
  'keepAliveInitialDelay', 'typeOfService', 'blockList', 'highWaterMark', 'readableHighWaterMark', 'writableHighWaterMark', 'objectMode',
  'readableObjectMode', 'writableObjectMode', 'encoding', 'defaultEncoding', 'captureRejections', 'read', 'write', 'writev', 'final', 'destroy', 'construct',
].map((name) => [name, undefined]));

/** Options for `new net.Socket` and `net.createServer`. */
export function builtinOptions(given: object): object {
  return { ...NOT_GIVEN, ...given };
}

type Net = Pick<typeof imported, 'Socket' | 'createServer'> & { _createServerHandle?: (address: null, port: null, type: null, fd: number) => unknown; BoundSocket?: new (options: object) => object };

// A program that answers `require('net')` with net-compat must not give it to what net-compat stands on.
const load = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule;
const exports = (load?.('node:net') ?? imported) as typeof imported;
const kept = ((exports.Socket as { [original]?: Net })[original] ?? exports) as Net;

/** The runtime's own net as it was when this was loaded, whatever is put in its place later. */
export const net: Net = { Socket: kept.Socket, createServer: kept.createServer, _createServerHandle: kept._createServerHandle!, BoundSocket: kept.BoundSocket! };
