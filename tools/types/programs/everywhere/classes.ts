// ---- a socket with a member more
import { Socket } from 'net';
class User extends Socket {
  name = 'nobody';
  constructor() { super({ allowHalfOpen: true }); this.on('connect', () => { this.write(this.name); }); }
}
const user = new User().setNoDelay().setTimeout(5);
user.name = 'me';
user.on('data', () => {}).name.slice(1);

// ---- a socket whose methods are replaced
import * as net from 'net';
class Counting extends net.Socket {
  written = 0;
  override write(...args: any[]): boolean { this.written++; return super.write(args[0], args[1], args[2]); }
  override destroy(error?: Error): this { return super.destroy(error); }
  override setTimeout(milliseconds: number, callback?: () => void): this { return super.setTimeout(milliseconds * 2, callback); }
}
new Counting().connect(1);

// ---- a socket whose connect is replaced
import * as net from 'net';
class Logged extends net.Socket {
  override connect(...args: any[]): this { return super.connect(...(args as [number, string])); }
}
new Logged().connect(1, 'x');

// ---- a server with a member more
import * as net from 'net';
class Chat extends net.Server {
  readonly names = new Map<net.Socket, string>();
  constructor(options?: net.ServerOpts) {
    super(options, (socket) => { this.names.set(socket, 'nobody'); });
    this.on('connection', (socket) => { socket.on('close', () => this.names.delete(socket)); });
  }
  override listen(...args: any[]): this { return super.listen(...args); }
  override close(callback?: (error?: Error) => void): this { return super.close(callback); }
}
new Chat().listen(1).names.size;

// ---- an interface over a socket
import * as net from 'net';
interface Peer extends net.Socket { id?: number }
const peer: Peer = net.connect(1);
peer.id = 1;
function isPeer(socket: net.Socket): socket is Peer { return 'id' in socket; }
isPeer(peer);

// ---- what is added to a socket
import * as net from 'net';
const socket = Object.assign(net.connect(1), { id: 1 });
socket.setNoDelay().write(String(socket.id));

// ---- a socket by its constructor
import * as net from 'net';
const make = <T extends net.Socket>(Class: new (options?: net.SocketConstructorOpts) => T): T => new Class({ allowHalfOpen: true });
class Mine extends net.Socket { own = 1; }
make(Mine).own.toFixed();
make(net.Socket).end();

// ---- instanceof
import * as net from 'net';
function kind(value: unknown): string {
  if (value instanceof net.Socket) return value.readyState;
  if (value instanceof net.Server) return String(value.listening);
  if (value instanceof net.BlockList) return value.rules.join();
  return typeof value;
}
kind(1);

// ---- a part of a socket
import * as net from 'net';
type Writes = Pick<net.Socket, 'write' | 'end' | 'destroyed'>;
const writes: Writes = net.connect(1);
const plain: Omit<net.Socket, 'connect'> = net.connect(1);
type Keys = keyof net.Socket;
const key: Keys = 'setNoDelay';

// ---- a double for tests
import * as net from 'net';
const double = { write: () => true, end() {}, on() {} } as unknown as net.Socket;
double.write('x');
const partial: Partial<net.Socket> = { setNoDelay() { return double; } };

// ---- a proxy of an object
import * as net from 'net';
const socket = new Proxy(net.connect(1), { get: (target, key) => Reflect.get(target, key) });
socket.end();

// ---- a member declared for all sockets
import * as net from 'net';
declare module 'net' {
  interface Socket { userName?: string }
  interface Server { started?: number }
}
const socket = net.connect(1);
socket.userName = 'me';
net.createServer((client) => { client.userName?.slice(1); }).started?.toFixed();
socket.on('error', () => {}).userName?.slice(1);
