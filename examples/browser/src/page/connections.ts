import type { Net, Server, Socket } from '@netstrata/net-compat/core';
import { cut } from './carrier.js';
import { bytes, find, make, onUse } from './elements.js';

/** How long a connection that is gone is still shown. */
const SHOWN_MS = 4000;

interface Seen {
  readonly socket: Socket;
  where: string;
  state: string;
  /** When it went. */
  gone: number;
}

const seen = new Set<Seen>();

function follow(socket: Socket, where: string): void {
  const one: Seen = { socket, where, state: '', gone: 0 };
  seen.add(one);
  socket.on('connect', () => { one.where = `${where}${socket.remoteAddress && !where.includes(socket.remoteAddress) ? ` (${socket.remoteAddress})` : ''}`; });
  socket.on('error', (error: NodeJS.ErrnoException) => { one.state = error.code ?? 'failed'; });
  socket.on('close', () => {
    one.state ||= 'closed';
    one.gone = Date.now();
  });
}

/** Sees every socket of a net from now on: those that connect, and those that its servers accept. */
export function followSockets(net: Net): void {
  const socket = net.Socket.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its socket below
  const { connect } = socket;
  socket.connect = function (this: Socket, ...args: unknown[]) {
    // What comes from `net.connect` is normalized already: a list of the options and the listener.
    const [options] = (Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args)) as unknown as readonly [{ host?: string; port?: number }];
    follow(this, `${options.host ?? 'localhost'}:${options.port}`);
    return connect.apply(this, args as never);
  };
  const server = net.Server.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the same
  const { emit } = server;
  server.emit = function (this: Server, name: string | symbol, ...args: unknown[]) {
    if (name === 'connection') {
      const accepted = args[0] as Socket;
      follow(accepted, `from ${accepted.remoteAddress}:${accepted.remotePort}`);
    }
    return Reflect.apply(emit, this, [name, ...args]);
  } as typeof emit;
}

const rowOf = ({ socket, where, state, gone }: Seen): HTMLElement =>
  make('tr', [
    make('td', where),
    make('td', state || (socket.connecting ? 'connecting' : socket.readyState)),
    make('td', bytes(socket.bytesRead), { class: 'number' }),
    make('td', bytes(socket.bytesWritten), { class: 'number' }),
  ], gone ? { class: /^E/.test(state) ? 'gone failed' : 'gone' } : {});

function draw(): void {
  for (const one of seen) if (one.gone && Date.now() - one.gone > SHOWN_MS) seen.delete(one);
  const rows = [...seen].map(rowOf);
  find('#connections tbody').replaceChildren(...rows.length > 0 ? rows : [make('tr', [make('td', 'none at the moment', { colspan: '4', class: 'null' })])]);
}

export function showConnections(): void {
  onUse(find('#cut'), find('#connections output'), cut);
  draw();
  setInterval(draw, 250);
}
