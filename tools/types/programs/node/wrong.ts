// ---- a socket is no http server
import * as http from 'node:http';
import * as net from 'net';
const server: http.Server = net.createServer(); // error

// ---- a socket is no TLSSocket
import * as tls from 'node:tls';
import * as net from 'net';
const secure: tls.TLSSocket = net.connect(1); // error

// ---- an emitter is no socket
import { EventEmitter } from 'node:events';
import * as net from 'net';
const socket: net.Socket = new EventEmitter(); // error

// ---- a stream is no socket
import { Duplex } from 'node:stream';
import * as net from 'net';
const socket: net.Socket = new Duplex(); // error
net.createServer((socket: net.Socket) => {}).emit('x');

// ---- a socket's operators are typed
import * as net from 'net';
net.connect(1).map(5); // error

// ---- a wrong destination of a pipe
import * as net from 'net';
net.connect(1).pipe(net.createServer()); // error

// ---- a wrong message
import { fork } from 'node:child_process';
import * as net from 'net';
fork('x').send('x', new net.BlockList()); // error

// ---- a signal that is none
import * as net from 'net';
new net.Socket({ signal: new AbortController() }); // error

// ---- a server under tls
import * as tls from 'node:tls';
import * as net from 'net';
tls.connect({ socket: net.createServer() }); // error

// ---- an encoding by a type too wide
import * as net from 'net';
const name: string = 'utf8';
net.connect(1).setEncoding(name); // error
