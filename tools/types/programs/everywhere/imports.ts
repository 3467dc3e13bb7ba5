// ---- the default
import net from 'net';
let socket: net.Socket = net.connect(1);
const server: net.Server = net.createServer();
const options: net.NetConnectOpts = { port: 1 };
class Mine extends net.Socket {}
interface Wide extends net.Socket { user?: string }

// ---- all types by the default
import net from 'net';
export let all: [net.Socket, net.Server, net.AddressInfo, net.BlockList, net.SocketAddress, net.ListenOptions, net.ServerOpts, net.SocketConstructorOpts, net.TcpNetConnectOpts, net.IpcNetConnectOpts, net.NetConnectOpts, net.SocketConnectOpts, net.TcpSocketConnectOpts, net.IpcSocketConnectOpts, net.OnReadOpts, net.LookupFunction, net.DropArgument, net.SocketReadyState, net.IPVersion, net.SocketAddressInitOptions] | undefined;

// ---- the default, for types alone
import type net from 'net';
export const name = (socket: net.Socket): string | undefined => socket.remoteAddress;

// ---- the default under another name
import Net from 'net';
import { isIP } from 'net';
const socket: Net.Socket = new Net.Socket();
isIP('x');

// ---- the default and more
import net, { Socket, type AddressInfo } from 'net';
const socket: Socket = net.connect(1);
const address: AddressInfo | {} = socket.address();

// ---- a namespace
import * as net from 'net';
let socket: net.Socket;
socket = new net.Socket();

// ---- require
import net = require('net');
let socket: net.Socket = net.connect(1);
const options: net.ListenOptions = { port: 1 };
net.createServer().listen(options);
class Mine extends net.Server {}
export = Mine;

// ---- names
import { BlockList, connect, createConnection, createServer, isIP, isIPv4, isIPv6, Server, Socket, SocketAddress } from 'net';
export const all = [BlockList, connect, createConnection, createServer, isIP, isIPv4, isIPv6, Server, Socket, SocketAddress];

// ---- names under others
import { Socket as TcpSocket, Server as TcpServer, connect as dial } from 'net';
const socket: TcpSocket = dial(1);
const server: TcpServer = new TcpServer();

// ---- import()
export async function load(): Promise<import('net').Socket> {
  const net = await import('net');
  const { createServer, Socket } = await import('net');
  createServer();
  return new Socket().connect(1) ?? net.connect(1);
}

// ---- re-exports
export { Socket, connect } from 'net';
export type { AddressInfo } from 'net';
export * as net from 'net';

// ---- everything again
export * from 'net';

// ---- an object of its functions
import * as net from 'net';
interface Network { connect: typeof net.connect; createServer: typeof net.createServer }
export const network: Network = net;

// ---- an alias of a namespace's member
import * as net from 'net';
import Socket = net.Socket;
const socket: Socket = new Socket();
