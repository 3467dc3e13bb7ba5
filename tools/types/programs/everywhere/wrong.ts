// ---- a misspelt member of an error
import * as net from 'net';
new net.Socket().on('error', (e) => e.mesage); // error

// ---- a misspelt member of an error, once
import * as net from 'net';
new net.Socket().once('error', (e) => e.mesage); // error
new net.Server().once('error', (e) => e.mesage); // error
new net.Socket().addListener('error', (e) => e.mesage); // error
new net.Socket().prependListener('error', (e) => e.mesage); // error

// ---- a misspelt method of a socket in a listener
import * as net from 'net';
net.createServer().on('connection', (s) => s.wirte('x')); // error

// ---- a misspelt method of a socket
import * as net from 'net';
net.createServer((s) => s.wirte('x')); // error

// ---- a wrong argument of close
import * as net from 'net';
const f = (n: net.Socket): void => { n.setTimeout('5'); }; // error

// ---- what close brings
import * as net from 'net';
new net.Socket().on('close', (hadError) => hadError.toFixed()); // error

// ---- what attempts bring
import * as net from 'net';
new net.Socket().on('connectionAttempt', (ip, port) => [ip.toFixed(), port.slice(1)]); // error

// ---- what is dropped may not be said
import * as net from 'net';
new net.Server().on('drop', (data) => data.remoteAddress); // error

// ---- an encoding that there is not
import * as net from 'net';
new net.Socket().setEncoding('utf-9' as 'utf-9'); // error

// ---- an encoding of a write that there is not
import * as net from 'net';
new net.Socket().write('x', 'uft8'); // error

// ---- an encoding of an end that there is not
import * as net from 'net';
new net.Socket().end('x', 'uft8'); // error

// ---- a default encoding that there is not
import * as net from 'net';
new net.Socket().setDefaultEncoding('uft8'); // error

// ---- writing a number
import * as net from 'net';
new net.Socket().write(5); // error

// ---- writing nothing
import * as net from 'net';
new net.Socket().write(); // error

// ---- ending with an object
import * as net from 'net';
new net.Socket().end({ a: 1 }); // error

// ---- an option that there is not
import * as net from 'net';
net.connect({ port: 80, hots: 'localhost' }); // error

// ---- an option of a wrong type
import * as net from 'net';
net.connect({ port: 80, host: 127 }); // error

// ---- neither port nor path
import * as net from 'net';
net.connect({ host: 'localhost' }); // error

// ---- connecting to nothing
import * as net from 'net';
net.connect(); // error

// ---- a wrong option of a socket
import * as net from 'net';
new net.Socket({ allowHalfOpen: 'yes' }); // error

// ---- a wrong option of a server
import * as net from 'net';
net.createServer({ noDelay: 1 }); // error

// ---- an option of a server that there is not
import * as net from 'net';
net.createServer({ noDelya: true }); // error

// ---- a listener that asks for too much
import * as net from 'net';
net.createServer((socket: net.Socket, more: number) => {}); // error

// ---- a listener that is a number
import * as net from 'net';
new net.Socket().on('close', 5); // error

// ---- assigning what is read only
import * as net from 'net';
const socket = new net.Socket();
socket.bytesRead = 5; // error
socket.remotePort = 5; // error
socket.readyState = 'open'; // error

// ---- a state that there is not
import * as net from 'net';
const open: boolean = new net.Socket().readyState === 'opened'; // error

// ---- the port of a server before it is known to have one
import * as net from 'net';
const port: number = net.createServer().address().port; // error

// ---- the address of a peer may be unknown
import * as net from 'net';
const address: string = new net.Socket().remoteAddress; // error

// ---- a name that is not exported
import { Sockett } from 'net'; // error
new Sockett();

// ---- a type that is not exported
import * as net from 'net';
let socket: net.Sockett; // error

// ---- a constructor without new that gives something else
import * as net from 'net';
const text: string = net.connect(5); // error

// ---- counting with a wrong callback
import * as net from 'net';
net.createServer().getConnections((error, count) => count.length); // error

// ---- isIP gives a number
import { isIP } from 'net';
const yes: string = isIP('::1'); // error

// ---- isIPv4 gives a boolean
import { isIPv4 } from 'net';
const yes: string = isIPv4('::1'); // error

// ---- a subclass with a wrong method
import * as net from 'net';
class Mine extends net.Socket {
  override setTimeout(text: string): this { return this; } // error
}

// ---- a subclass that overrides what there is not
import * as net from 'net';
class Mine extends net.Socket {
  override setTimeOut(): void {} // error
}

// ---- a wrong member of a subclass
import * as net from 'net';
class Mine extends net.Socket { own = 1; }
new Mine().setNoDelay().own.slice(1); // error

// ---- a lookup that answers wrongly
import * as net from 'net';
net.connect({ port: 1, lookup: (host, options, callback) => { callback(null, 5); } }); // error

// ---- a buffer for reading that is none
import * as net from 'net';
net.connect({ port: 1, onread: { buffer: 'x', callback: () => true } }); // error

// ---- pausing with a reason
import * as net from 'net';
new net.Socket().pause('lunch'); // error

// ---- a block list that is a list
import * as net from 'net';
new net.BlockList().addSubnet('10.0.0.0'); // error

// ---- a rule that is a number
import * as net from 'net';
new net.BlockList().addAddress(5); // error

// ---- a socket is no server
import * as net from 'net';
const server: net.Server = new net.Socket(); // error

// ---- a server is no socket
import * as net from 'net';
const socket: net.Socket = new net.Server(); // error

// ---- the value is no type of an instance
import * as net from 'net';
const socket: typeof net.Socket = new net.Socket(); // error
