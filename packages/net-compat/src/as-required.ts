import type * as core from './core.js';
import { net } from './api/default-net.js';
import { createNet } from './api/net.js';
import { routeNet } from './api/route-net.js';
import { systemClock } from './runtime/clock.js';

/**
 * What `require` gives, and what is imported as the default: an object with all names, to be read, replaced and configured as the builtin
 * module can. An ES module has such an object for `require` under the name 'module.exports' (Node's documentation, "Loading ECMAScript
 * modules using require()").
 */
export const required = Object.defineProperties(Object.assign(net, {
  /** As the export of that name. */
  createNet,
  /** As the export of that name. */
  routeNet,
  /** As the export of that name. */
  systemClock,
}), {
  default: { value: net, writable: true, configurable: true },
  __esModule: { value: true },
});

/**
 * The types of this package by the name of the default export, as `let socket: net.Socket` has them.
 * @hidden
 */
// eslint-disable-next-line @typescript-eslint/no-namespace -- a type in an object has no other form
export namespace required {
  export type AddressInfo = core.AddressInfo;
  export type Behaviour = core.Behaviour;
  export type BlockList = core.BlockList;
  export type BoundSocket = core.BoundSocket;
  export type BoundSocketOptions = core.BoundSocketOptions;
  export type Clock = core.Clock;
  export type Connect = core.Connect;
  export type ConnectOptions = core.ConnectOptions;
  export type ConnectOpts = core.ConnectOpts;
  export type ConnectionError = core.ConnectionError;
  export type ConnectionListener = core.ConnectionListener;
  export type CreateServer = core.CreateServer;
  export type DropArgument = core.DropArgument;
  export type IPVersion = core.IPVersion;
  export type IpcConnectOptions = core.IpcConnectOptions;
  export type IpcNetConnectOpts = core.IpcNetConnectOpts;
  export type IpcSocketConnectOpts = core.IpcSocketConnectOpts;
  export type ListenOptions = core.ListenOptions;
  export type LookupAddress = core.LookupAddress;
  export type LookupFunction = core.LookupFunction;
  export type LookupOptions = core.LookupOptions;
  export type Net = core.Net;
  export type NetConnectOpts = core.NetConnectOpts;
  export type NetOptions = core.NetOptions;
  export type OnReadOpts = core.OnReadOpts;
  export type Route = core.Route;
  export type Server = core.Server;
  export type ServerConstructor = core.ServerConstructor;
  export type ServerEventMap = core.ServerEventMap;
  export type ServerOptions = core.ServerOptions;
  export type ServerOpts = core.ServerOpts;
  export type SetKeepAliveOptions = core.SetKeepAliveOptions;
  export type Socket = core.Socket;
  export type SocketAddress = core.SocketAddress;
  export type SocketAddressInitOptions = core.SocketAddressInitOptions;
  export type SocketConnectOpts = core.SocketConnectOpts;
  export type SocketConstructor = core.SocketConstructor;
  export type SocketConstructorOpts = core.SocketConstructorOpts;
  export type SocketEventMap = core.SocketEventMap;
  export type SocketOptions = core.SocketOptions;
  export type SocketReadyState = core.SocketReadyState;
  export type TcpConnectOptions = core.TcpConnectOptions;
  export type TcpNetConnectOpts = core.TcpNetConnectOpts;
  export type TcpSocketConnectOpts = core.TcpSocketConnectOpts;
  export type Timer = core.Timer;
}
