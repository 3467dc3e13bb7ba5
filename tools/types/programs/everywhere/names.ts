// ---- types of options
import * as net from 'net';
const tcp: net.TcpNetConnectOpts = { port: 80, host: 'x', timeout: 5, family: 4 };
const ipc: net.IpcNetConnectOpts = { path: 'x', timeout: 5 };
const either: net.NetConnectOpts[] = [tcp, ipc];
for (const options of either) net.connect(options);
const port: number = tcp.port;

// ---- options of connect alone
import * as net from 'net';
const tcp: net.TcpSocketConnectOpts = { port: 80 };
const ipc: net.IpcSocketConnectOpts = { path: 'x' };
const options: net.SocketConnectOpts = tcp.port > 0 ? tcp : ipc;
new net.Socket().connect(options);
net.connect(options);

// ---- options of the classes
import * as net from 'net';
const socket: net.SocketConstructorOpts = { allowHalfOpen: true };
const server: net.ServerOpts = { pauseOnConnect: true };
const listening: net.ListenOptions = { port: 80, host: 'x' };
new net.Socket(socket);
net.createServer(server).listen(listening);
const port: number | undefined = listening.port;

// ---- options that extend others
import * as net from 'net';
interface Mine extends net.TcpNetConnectOpts { user: string }
const mine: Mine = { port: 1, user: 'me' };
net.connect(mine);
interface Also extends net.ServerOpts { name?: string }
const also: Also = {};
net.createServer(also);
type Listening = net.ListenOptions & { tries: number };
const listening: Listening = { tries: 3 };
net.createServer().listen(listening);

// ---- options that are put together
import * as net from 'net';
function dial(options: Partial<net.TcpNetConnectOpts>): net.Socket {
  return net.connect({ ...options, port: options.port ?? 80, host: options.host ?? 'localhost' });
}
dial({});

// ---- which of two
import * as net from 'net';
const isIpc = (options: net.NetConnectOpts): options is net.IpcNetConnectOpts => 'path' in options;
const name = (options: net.NetConnectOpts): string => ('path' in options ? options.path : `${options.host}:${options.port}`);
isIpc({ port: 1 });

// ---- types of results
import * as net from 'net';
const address: net.AddressInfo = { address: '::1', family: 'IPv6', port: 80 };
const state: net.SocketReadyState = new net.Socket().readyState;
const dropped: net.DropArgument = { remoteAddress: '::1', remotePort: 1 };
const version: net.IPVersion = 'ipv4';

// ---- types of functions
import * as net from 'net';
type Connect = typeof net.connect;
type Options = Parameters<typeof net.createServer>[0];
type Made = ReturnType<typeof net.connect>;
const socket: Made = net.connect(1);
const instance: InstanceType<typeof net.Socket> = socket;
const made: InstanceType<typeof net.Server> = net.createServer();

// ---- types that are imported as such
import type { AddressInfo, NetConnectOpts, Server, Socket } from 'net';
export function name(socket: Socket, server: Server, options: NetConnectOpts): AddressInfo | string | null { return server.address(); }

// ---- types within imports of values
import { connect, type Socket, type AddressInfo, type ListenOptions, type LookupFunction, type TcpNetConnectOpts } from 'net';
export const all: { socket: Socket; address?: AddressInfo; listen?: ListenOptions; lookup?: LookupFunction; options?: TcpNetConnectOpts } = { socket: connect(1) };

// ---- types in place
let socket: import('net').Socket | undefined;
type Net = typeof import('net');
const made = (net: Net): import('net').Socket => net.connect(1);
export { socket, made };

// ---- an address that is made
import * as net from 'net';
const init: net.SocketAddressInitOptions = { address: '::1', family: 'ipv6', port: 80, flowlabel: 0 };
new net.SocketAddress(init);

// ---- [since 26] maps of events
import * as net from 'net';
type Data = net.SocketEventMap['close'];
const data: Data = [true];
const dropped: net.ServerEventMap['drop'] = [];
function on<E extends keyof net.SocketEventMap>(socket: net.Socket, event: E, listener: (...args: net.SocketEventMap[E]) => void): void { socket.on(event, listener); }
on(new net.Socket(), 'close', (hadError) => { const had: boolean = hadError; });

// ---- [since 26] options for keep-alive
import * as net from 'net';
const options: net.SetKeepAliveOptions = { enable: true };
new net.Socket().setKeepAlive(options);

// ---- [since 24] options of what is bound
import * as net from 'net';
const options: net.BoundSocketOptions = { port: 1 };
new net.BoundSocket(options);
