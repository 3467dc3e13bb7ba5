import { bare } from '@netstrata/stream-core';
import { isPathEndpoint, type Endpoint, type InetEndpoint } from '@netstrata/transport';
import { net } from '../../native/builtin-net.js';
import { builtinOptions } from '../../native/builtin-options.js';
import type { BunSocket } from './bun-api.js';
import { handlers, type SocketOwner } from './socket-handlers.js';

/**
 * Owns how a connection is dialled. `Bun.connect` gives no socket before there is a connection: such a dial could not be given up, and
 * would hold the process for as long as the system tries. A socket of the runtime's own net has its native one at once. So one of these
 * dials for all connections, with our functions in the place of its own, and each takes the native socket that was made.
 */

/** The socket of the runtime's that dials. */
interface Shell {
  _handle: BunSocket | null;
  connecting: boolean;
  readonly destroyed: boolean;
  readonly errored: Error | null;
  /** Whom it dials for, while it does. */
  dialling: SocketOwner | null;
}

/** As it was when this was loaded: what a program puts in its place is not meant for this socket. */
const connect = Reflect.get(net.Socket.prototype, 'connect') as (this: Shell, options: object) => unknown;

let shell: Shell | null = null;

/** Whether the sockets of the runtime's net are such that one can dial for us. */
export function canDial(): boolean {
  shell = createShell();
  return shell !== null;
}

/** Null where its functions cannot be replaced. */
function createShell(): Shell | null {
  const socket = new net.Socket(builtinOptions({ allowHalfOpen: true }));
  // It is not to read once it has dialled.
  socket.pause();
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'khandlers');
  if (key === undefined) return null;
  // It emits nothing, and no block list stops it: either could come from Object.prototype.
  const own = { [key]: handlers, emit: () => false, blockList: undefined, dialling: null };
  return Object.assign(socket, own) as unknown as Shell;
}

/** A socket that leads nowhere yet: `dial` can be told to use it. */
export function detachedSocket(): BunSocket {
  if (shell === null || shell.destroyed) shell = createShell();
  const dialler = shell!;
  try {
    // It waits for an address for ever.
    connect.call(dialler, bare({ host: 'nowhere', port: 1, lookup: () => {}, autoSelectFamily: false }));
    return dialler._handle!;
  } finally {
    dialler._handle = null;
    dialler.connecting = false;
  }
}

/**
 * Dials, and gives the socket that will be connected. The owner may hear of it inside the call. Throws what the system says of the near
 * end.
 */
export function dial(owner: SocketOwner, endpoint: Endpoint, near: InetEndpoint | null, from: BunSocket | null): BunSocket {
  if (shell === null || shell.destroyed) shell = createShell();
  const dialler = shell!;
  dialler.dialling = owner;
  dialler._handle = from;
  try {
    connect.call(dialler, isPathEndpoint(endpoint) ? bare({ path: endpoint.path }) : optionsFor(endpoint, near));
    if (dialler.errored != null) throw dialler.errored;
    const socket = dialler._handle!;
    socket.data = owner;
    return socket;
  } finally {
    dialler._handle = null;
    dialler.connecting = false;
    dialler.dialling = null;
  }
}

function optionsFor({ address, port, family }: InetEndpoint, near: InetEndpoint | null): object {
  // It answers inside the call, so that the socket dials before it returns.
  const lookup = (_host: string, _options: object, answer: (error: null, address: string, family: number) => void): void => {
    answer(null, address, family === 'IPv6' ? 6 : 4);
  };
  return bare({
    host: 'resolved', port, lookup, autoSelectFamily: false,
    ...(near !== null && { localAddress: near.address, localPort: near.port }),
  });
}
