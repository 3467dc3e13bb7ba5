import { isIP } from '@netstrata/ip-utils';
import { invalidArgValue } from '@netstrata/stream-core';
import type { Listener, ListenEndpoint, ListenOptions, Transport } from '@netstrata/transport';
import { ServerAcceptor } from './acceptor.js';
import { adopterOf, contextOf, ipcOf, tcpOf } from './context.js';
import { inet } from './endpoints.js';
import { listener, type Server } from './server.js';
import { checkNoNul } from './validate.js';

type Options = Readonly<Record<string, unknown>>;

/** Listens on a port, of every address or of the host that the options name. */
export function listenPort(server: Server, port: number, options: Options, backlog: number | undefined): void {
  const net = contextOf(server);
  const transport = tcpOf(net);
  const { host, ipv6Only, reusePort, exclusive } = options;
  const how: ListenOptions = { backlog, ipv6Only: Boolean(ipv6Only), reusePort: Boolean(reusePort), shared: !exclusive && !reusePort };
  if (!host) {
    start(server, transport, { port }, how);
    return;
  }
  if (typeof host === 'string') checkNoNul(host, 'options.host');
  const id = server._listeningId;
  const resolved = (error: Error | null, address: unknown, family?: number): void => {
    // Closed, or listening on something else by now.
    if (server._listeningId !== id) return;
    if (error) server.emit('error', error);
    else start(server, transport, inet(address as string, port, family ?? 4), how);
  };
  if (net.lookup !== undefined) net.lookup(host as string, {}, resolved);
  else net.clock.nextTick(() => { resolved(null, host, isIP(host as string)); }, undefined);
}

export function listenPath(server: Server, path: string, options: Options, backlog: number | undefined): void {
  checkNoNul(path, 'options.path', path.startsWith('\0') ? 1 : 0);
  server._pipeName = path;
  const { readableAll, writableAll, exclusive } = options;
  start(server, ipcOf(contextOf(server)), { path }, { backlog, readableAll: Boolean(readableAll), writableAll: Boolean(writableAll), shared: !exclusive });
}

/** Listens on an open handle or descriptor. */
export function listenOn(server: Server, native: unknown, backlog: number | undefined): void {
  const net = contextOf(server);
  try {
    const transport = adopterOf(net);
    began(server, transport.adoptListener!(native, new ServerAcceptor(server, transport), { backlog }));
  } catch (error) {
    net.clock.nextTick((late: unknown) => { server.emit('error', late); }, error);
  }
}

function start(server: Server, transport: Transport, endpoint: ListenEndpoint, options: ListenOptions): void {
  if (transport.listen === undefined) throw invalidArgValue('options', endpoint, `cannot be listened on: the ${transport.name} transport only dials`);
  began(server, transport.listen(endpoint, new ServerAcceptor(server, transport), options));
  // The name under which Node's cluster and child_process know this server.
  server._connectionKey =
    'path' in endpoint ? `-1:${endpoint.path}:-1` : `${'family' in endpoint && endpoint.family === 'IPv6' ? 6 : 4}:${endpoint.address ?? null}:${endpoint.port}`;
}

function began(server: Server, started: Listener): void {
  server[listener] = started;
  if (server._unref) started.unref();
}
