import { isIP } from '@netstrata/ip-utils';
import { bare, hasOption, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import {
  isPathEndpoint, resolvesNames,
  type InetEndpoint, type Listener, type ListenEndpoint, type ListenerOptions, type NameEndpoint, type ResolvingTransport, type Transport,
} from '@netstrata/transport';
import { checkSignal, onAbort } from '../args/signals.js';
import { backlog, listener, listenTask, ownListen2, type ServerFace } from '../shared/server-face.js';
import { ServerAcceptor } from './acceptor.js';
import { adoptBound, BoundSocket } from '../shared/bound-socket.js';
import { adopterOf, context, contextOf, ipcOf, known, listenerAt, PLACES, type NetContext } from '../shared/context.js';
import { tellListenError, tellListenStart } from '../runtime/diagnostics.js';
import { inet } from '../args/endpoints.js';
import { invalidHandleType, invalidIpAddress, noTransport } from '../args/errors.js';
import { knowsReusePort, question, type LookupAddress } from '../runtime/runtime.js';
import { isPipeName, LISTEN_OPTIONS, toNumber } from '../args/normalize-args.js';
import { checkNoNul, checkPath, checkPort } from '../args/validate.js';

type Options = Readonly<Record<string, unknown>>;

type Asked = Pick<Options, (typeof LISTEN_OPTIONS)[number]>;

/** Where a server is to listen. */
interface Plan {
  readonly transport: Transport;
  readonly endpoint: ListenEndpoint | NameEndpoint;
  readonly options: ListenerOptions;
}

/**
 * What the arguments of `listen` ask for, in the order in which Node tries: a handle, a descriptor, a port, a path. Null where there is
 * nothing left to be done now.
 */
export function planOf(server: ServerFace, given: Options, args: readonly unknown[]): Plan | null {
  tellListenStart(server, given);
  const backlogOfArgs = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]) || undefined;
  const { _handle, handle } = optionsOf(given, ['_handle', 'handle']);
  const asked = (_handle || handle || given) as Options;
  // What was asked for before is void.
  server._listeningId++;
  if (given instanceof BoundSocket || handle instanceof BoundSocket) {
    listenOnBound(server, (handle ?? given) as BoundSocket, backlogOfArgs);
    return null;
  }
  if (isListenHandle(asked)) {
    listenOn(server, asked, backlogOfArgs);
    return null;
  }
  const options = optionsOf(asked, LISTEN_OPTIONS);
  closeOnAbort(server, options.signal);
  const { fd, port, path } = options;
  const backlog = (options.backlog as number | undefined) || backlogOfArgs;
  const anyPort = args.length === 0 || typeof args[0] === 'function' || port === null || (port === undefined && hasOption(asked, 'port'));
  if (typeof fd === 'number' && fd >= 0) {
    listenOn(server, fd, backlogOfArgs);
    return null;
  } else if (anyPort || typeof port === 'number' || typeof port === 'string') {
    return planForPort(server, anyPort ? 0 : checkPort(port, 'options.port') | 0, options, backlog);
  } else if (path && isPipeName(path)) {
    return planForPath(server, path, options, backlog, asked);
  } else {
    throw hasOption(asked, 'port') || hasOption(asked, 'path')
      ? invalidArgValue('options', asked)
      : invalidArgValue('options', asked, 'must have the property "port" or "path"');
  }
}

/** A native handle that can listen, as opposed to options, and to servers. */
function isListenHandle(options: Options): boolean {
  const isFunction = (name: string): boolean => typeof options[name] === 'function';
  // Bun's have no `listen`.
  return (isFunction('listen') && isFunction('close') && !('on' in options)) || (isFunction('getsockname') && isFunction('reload'));
}

/** Aborting the signal closes the server. */
function closeOnAbort(server: ServerFace, signal: unknown): void {
  if (signal === undefined) return;
  checkSignal(signal, 'options.signal');
  const close = (): void => {
    server.close();
  };
  if (signal.aborted) {
    contextOf(server).clock.nextTick(close, undefined);
    return;
  }
  server.once('close', onAbort(signal, close));
}

/** A port of every address, or of the host that the options name: that is looked up first. */
function planForPort(server: ServerFace, port: number, options: Asked, backlog: number | undefined): Plan | null {
  const net = contextOf(server);
  const { host, exclusive } = options;
  const ipv6Only = options.ipv6Only === true;
  const reusePort = options.reusePort === true && knowsReusePort;
  const how: ListenerOptions = bare({ backlog, ipv6Only, reusePort, shared: !exclusive && !reusePort });
  if (!host) return { transport: onEveryAddress(net, port), endpoint: { address: undefined, port }, options: how };
  // In the words of dns.lookup, which refuses it on newer Nodes only.
  if (typeof host === 'string') checkNoNul(host, 'hostname');
  const transport = onHost(net, host, port);
  if (transport !== null && resolvesNames(transport) && isIP(host) === 0) {
    return { transport, endpoint: { host: host as string, port }, options: how };
  }
  if (transport !== null) checkListens(transport, { host, port });
  const id = server._listeningId;
  const resolved = (error: Error | null, addresses: string | LookupAddress[]): void => {
    // Closed, or listening on something else by now.
    if (server._listeningId !== id) return;
    // An answer counts once.
    server._listeningId++;
    const address = Array.isArray(addresses) ? preferred(addresses) : addresses;
    const family = isIP(address);
    if (error || family === 0) server.emit('error', error ?? invalidIpAddress(address));
    else startOn(server, inet(address!, port, family), host as string, how);
  };
  if (net.lookup !== undefined) net.lookup(host as string, question({ all: true }), resolved);
  else net.clock.nextTick(() => { resolved(null, host as string); }, undefined);
  return null;
}

function onEveryAddress(net: NetContext, port: number): Transport {
  return net.listenRoutes === null ? known(net.tcp, PLACES) : known(net.listenRoutes.ofEveryAddress(port), `every address, port ${port}`);
}

/** What a host is listened on by; null where that depends on what its name resolves to. Throws ERR_NO_TRANSPORT. */
function onHost({ listenRoutes: routes, tcp }: NetContext, host: unknown, port: number): Transport | null {
  if (routes === null) return known(tcp, PLACES);
  // The resolver says what is wrong with it.
  if (typeof host !== 'string') return null;
  const found = isIP(host) === 0 ? routes.ofName(host, port) : routes.ofAddress(host, port, host);
  return found === null ? null : known(found, `${host}:${port}`);
}

/** Listens on an address that a host's name has resolved to. */
function startOn(server: ServerFace, endpoint: InetEndpoint, host: string, how: ListenerOptions): void {
  const { address, port } = endpoint;
  const transport = listenerAt(contextOf(server), address, port, host);
  if (transport === undefined) server.emit('error', noTransport(`${host} at ${address}:${port}`));
  else if (transport.listen === undefined) server.emit('error', onlyDials(transport, endpoint));
  else start(server, { transport, endpoint, options: how });
}

/** The first address, unless it is link-local (fe80::/10) and another is not: it would need a zone to be bound. */
function preferred(addresses: readonly LookupAddress[]): string | undefined {
  const found = addresses.find(({ address }) => !/^fe[89ab][\da-f]:/i.test(address)) ?? addresses[0];
  return found?.address;
}

function planForPath(server: ServerFace, path: string, options: Asked, backlog: number | undefined, asked: object): Plan {
  checkPath(path);
  const isAbstract = path.startsWith('\0');
  if (isAbstract && (options.readableAll || options.writableAll)) {
    throw invalidArgValue('options', asked, 'can not set readableAll or writableAllt to true when path is abstract unix socket');
  }
  const transport = ipcOf(contextOf(server));
  server._pipeName = path;
  const readableAll = options.readableAll === true;
  const writableAll = options.writableAll === true;
  const reclaim = options.reclaim === true;
  return { transport, endpoint: { path }, options: bare({ backlog, readableAll, writableAll, shared: !options.exclusive, reclaim }) };
}

function listenOnBound(server: ServerFace, bound: BoundSocket, backlog: number | undefined): void {
  if (bound[context] !== contextOf(server)) throw invalidHandleType();
  const connection = bound[adoptBound]();
  const { local } = connection;
  if (local !== null && isPathEndpoint(local)) server._pipeName = local.path;
  listenOn(server, connection.detach?.(), backlog);
}

/** What the builtin does once it knows what to listen on, cluster or not. */
export function listenHere(
  server: ServerFace, address: string | null, port: number, family: number, backlog?: number, fd?: number, flags = 0,
): void {
  const net = contextOf(server);
  if (server.listening) return;
  const task = server[listenTask];
  server[listenTask] = undefined;
  // A tool may have changed them, and `_listen2` may be called by itself.
  const isAsAsked = task !== undefined && [address, port, family, backlog].every((value, i) => value === task.args[i]);
  if (isAsAsked) task.begin();
  else if (typeof fd === 'number' && fd >= 0) listenOn(server, fd, backlog);
  else if (port === -1 && family === -1) begin(server, { transport: ipcOf(net), endpoint: { path: address! }, options: bare({ backlog }) });
  else {
    const endpoint = address ? inet(address, port, family) : { address: undefined, port };
    const transport = address ? known(listenerAt(net, address, port), `${address}:${port}`) : onEveryAddress(net, port);
    begin(server, { transport, endpoint, options: bare({ backlog, ipv6Only: (flags & IPV6_ONLY) !== 0 }) });
  }
}

/** libuv's UV_TCP_IPV6ONLY. */
const IPV6_ONLY = 1;

/** Listens on an open handle or descriptor. */
export function listenOn(server: ServerFace, native: unknown, backlog: number | undefined): void {
  const net = contextOf(server);
  const transport = adopterOf(net);
  const acceptor = new ServerAcceptor(server, transport, undefined);
  try {
    began(server, acceptor, transport.adoptListener!(native, acceptor, bare({ backlog, shared: typeof native === 'number' })));
  } catch (error) {
    tellListenError(server, error);
    net.clock.nextTick((failure: unknown) => { server.emit('error', failure); }, error);
  }
}

/**
 * Begins to listen, as the builtin's servers do: by way of `_listen2` where a tool has wrapped that. Throws for a transport that cannot
 * listen.
 */
export function start(server: ServerFace, plan: Plan): void {
  checkListens(plan.transport, plan.endpoint);
  if (ownListen2.has(Reflect.get(server, '_listen2'))) {
    begin(server, plan);
    return;
  }
  const args = argumentsFor(plan);
  // With all options, unless other arguments arrive: now, later or never.
  server[listenTask] = { args, begin: () => { begin(server, plan); } };
  server._listen2(...args);
}

/** What `_listen2` is called with. */
function argumentsFor({ endpoint, options: { backlog } }: Plan): Parameters<ServerFace['_listen2']> {
  if (isPathEndpoint(endpoint)) return [endpoint.path, -1, -1, backlog];
  return [addressOf(endpoint), endpoint.port, 'family' in endpoint && endpoint.family === 'IPv6' ? 6 : 4, backlog];
}

function begin(server: ServerFace, { transport, endpoint, options }: Plan): void {
  checkListens(transport, endpoint);
  if (server[backlog] !== options.backlog) server[backlog] = options.backlog;
  const acceptor = new ServerAcceptor(server, transport, isPathEndpoint(endpoint) ? undefined : endpoint.port);
  began(server, acceptor, (transport as ResolvingTransport).listen!(endpoint, acceptor, options));
}

function checkListens(transport: Transport, endpoint: unknown): void {
  if (transport.listen === undefined) throw onlyDials(transport, endpoint);
}

function onlyDials({ name }: Transport, endpoint: unknown): Error {
  return invalidArgValue('options', endpoint, `cannot be listened on: the ${name} transport only dials`);
}

/** Null for every address. */
function addressOf(endpoint: ListenEndpoint | NameEndpoint): string | null {
  return 'host' in endpoint ? endpoint.host : 'address' in endpoint ? (endpoint.address ?? null) : null;
}

function began(server: ServerFace, acceptor: ServerAcceptor, started: Listener): void {
  // One that failed, or still waits for a cluster's primary, has been replaced.
  server[listener]?.close();
  server[listener] = started;
  acceptor.began(started);
  if (server._unref) started.unref();
}
