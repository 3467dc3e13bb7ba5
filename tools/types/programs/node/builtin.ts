// ---- a socket is one of the builtin's
import * as net from 'net';
import * as builtin from 'node:net';
const socket: builtin.Socket = new net.Socket();
const server: builtin.Server = new net.Server();
const list: builtin.BlockList = new net.BlockList();
const address: builtin.SocketAddress = new net.SocketAddress({ address: '::1' });

// ---- one of the builtin's is a socket
import * as net from 'net';
import * as builtin from 'node:net';
const socket: net.Socket = new builtin.Socket();
const server: net.Server = new builtin.Server();
const serve = (what: net.Server, each: net.Socket): void => { what.on('connection', () => each.end()); };
serve(new builtin.Server(), builtin.connect(1));

// ---- options go both ways
import * as net from 'net';
import * as builtin from 'node:net';
declare const theirs: { socket: builtin.SocketConstructorOpts; connect: builtin.NetConnectOpts; server: builtin.ServerOpts; listen: builtin.ListenOptions; lookup: builtin.LookupFunction; address: builtin.AddressInfo };
declare const ours: { socket: net.SocketConstructorOpts; connect: net.NetConnectOpts; server: net.ServerOpts; listen: net.ListenOptions; lookup: net.LookupFunction; address: net.AddressInfo };
const there: typeof theirs = ours;
const here: typeof ours = theirs;
net.connect(theirs.connect);
builtin.connect(ours.connect);
new net.Socket(theirs.socket);
new builtin.Socket(ours.socket);
net.createServer(theirs.server).listen(theirs.listen);
builtin.createServer(ours.server).listen(ours.listen);

// ---- handlers go both ways
import * as net from 'net';
import * as builtin from 'node:net';
const one = (socket: builtin.Socket): void => { socket.end(); };
const other = (socket: net.Socket): void => { socket.end(); };
net.createServer(one).on('connection', one);
builtin.createServer(other).on('connection', other);

// ---- the whole module in the place of the builtin
import * as net from 'net';
import type * as builtin from 'node:net';
function use(one: Pick<typeof builtin, 'connect' | 'createConnection' | 'createServer' | 'isIP' | 'isIPv4' | 'isIPv6' | 'Socket' | 'Server' | 'SocketAddress'>): void { one.connect(1); }
use(net);

// ---- its constructors are the builtin's
import * as net from 'net';
import * as builtin from 'node:net';
const Socket: typeof builtin.Socket = net.Socket;
const Server: typeof builtin.Server = net.Server;
new Socket({ allowHalfOpen: true }).connect(1);

// ---- either
import * as net from 'net';
import * as builtin from 'node:net';
const socket: net.Socket | builtin.Socket = Math.random() > 0.5 ? net.connect(1) : builtin.connect(1);
socket.setNoDelay().write('x');
socket.on('data', (chunk: Buffer) => { chunk.readUInt8(0); });
socket.pipe(socket);

// ---- what is declared for the builtin's sockets is there
import * as net from 'net';
declare module 'node:net' { interface Socket { traceId?: string } }
net.connect(1).traceId?.slice(1);
net.createServer((socket) => { socket.traceId = 'x'; });

// ---- a subclass is one of the builtin's
import * as net from 'net';
import * as builtin from 'node:net';
class Mine extends net.Socket { own = 1; }
const socket: builtin.Socket = new Mine();
class Service extends net.Server {}
const server: builtin.Server = new Service();

// ---- methods that take the builtin's
import * as net from 'net';
import type { Socket } from 'node:net';
abstract class Base { abstract handle(socket: Socket): void; }
class Handler extends Base { handle(socket: net.Socket): void { socket.end(); } }
new Handler().handle(net.connect(1));

// ---- a map of either
import * as net from 'net';
import type { Socket } from 'node:net';
const sockets = new Map<string, Socket>([['a', net.connect(1)]]);
const others: Set<net.Socket> = new Set(sockets.values());
const list: Socket[] = [...others];
