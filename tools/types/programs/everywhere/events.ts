// ---- listeners of a socket, as they are documented
import * as net from 'net';
const socket = new net.Socket();
socket.on('close', (hadError) => { const had: boolean = hadError; });
socket.on('connect', () => {});
socket.on('data', (data) => { const size: number = data.length; });
socket.on('drain', () => {});
socket.on('end', () => {});
socket.on('error', (error) => { const text: string = error.message; });
socket.on('lookup', (error, address, family, host) => { const all: string = address + host; });
socket.on('ready', () => {});
socket.on('timeout', () => { socket.destroy(); });
socket.on('finish', () => {});
socket.on('pause', () => {});
socket.on('resume', () => {});
socket.on('readable', () => {});

// ---- attempts
import * as net from 'net';
const socket = new net.Socket();
socket.on('connectionAttempt', (ip, port, family) => { const all: [string, number, number] = [ip, port, family]; });
socket.on('connectionAttemptFailed', (ip, port, family, error) => { const text: string = error.message; });
socket.on('connectionAttemptTimeout', (ip, port, family) => { const all: string = ip; });

// ---- listeners that take less, or more, than there is
import * as net from 'net';
const socket = new net.Socket();
socket.on('close', () => {});
socket.on('data', () => {});
socket.on('error', () => {});
socket.on('connect', (...args: unknown[]) => {});
socket.on('error', (error: any) => { error.whatever; });

// ---- chunks by their kind
import * as net from 'net';
new net.Socket().on('data', (chunk: Uint8Array) => { chunk.subarray(1); });
new net.Socket().setEncoding('hex').on('data', (chunk: string) => { chunk.slice(1); });
new net.Socket().on('data', (chunk: string | Uint8Array) => { if (typeof chunk === 'string') chunk.slice(1); else chunk.subarray(1); });

// ---- all ways to listen
import * as net from 'net';
const socket = new net.Socket();
const listener = (hadError: boolean): void => {};
socket.on('close', listener).once('close', listener).addListener('close', listener).prependListener('close', listener).prependOnceListener('close', listener);
socket.off('close', listener).removeListener('close', listener).removeAllListeners('close').removeAllListeners().setMaxListeners(10);
const count: number = socket.listenerCount('close') + socket.getMaxListeners();
const listeners: Function[] = socket.listeners('close');
const raw: Function[] = socket.rawListeners('close');
const names: (string | symbol)[] = socket.eventNames();

// ---- events of one's own
import * as net from 'net';
const socket = new net.Socket();
socket.on('login', (user: string, at: number) => {}).once('logout', () => {});
socket.emit('login', 'me', 1);
const mark = Symbol('mark');
socket.emit(mark);

// ---- emitting what there is
import * as net from 'net';
const socket = new net.Socket();
const heard: boolean = socket.emit('error', new Error('x'));
socket.emit('timeout');
socket.emit('close', true);
net.createServer().emit('connection', socket);

// ---- listeners of a server
import * as net from 'net';
const server = new net.Server();
server.on('close', () => {}).on('listening', () => {}).on('error', (error) => { error.message; });
server.on('connection', (socket) => { socket.write('hello'); const port: number | undefined = socket.remotePort; });
server.once('connection', (socket) => { socket.end(); }).addListener('connection', (socket: net.Socket) => {}).prependListener('listening', () => {}).prependOnceListener('close', () => {});
server.off('close', () => {}).removeListener('connection', () => {}).removeAllListeners();

// ---- a listener by name of its event
import * as net from 'net';
const on = (socket: net.Socket, event: string, listener: (...args: any[]) => void): net.Socket => socket.on(event, listener);
for (const event of ['connect', 'close', 'error']) on(new net.Socket(), event, () => {});

// ---- a listener of several
import * as net from 'net';
const socket = new net.Socket();
for (const event of ['end', 'close'] as const) socket.on(event, () => {});

// ---- the code of an error
import * as net from 'net';
new net.Socket().on('error', (error: Error & { code?: string; syscall?: string }) => { const refused: boolean = error.code === 'ECONNREFUSED'; });

// ---- [ours] the code of an error, without a word about its type
import * as net from 'net';
new net.Socket().on('error', (error) => { const refused: boolean = error.code === 'ECONNREFUSED' && error.syscall === 'connect'; });
new net.Server().on('error', (error) => { const used: boolean = error.code === 'EADDRINUSE'; });

// ---- an interface of events alone
import * as net from 'net';
interface Closes { once(event: 'close', listener: () => void): unknown }
const closed = (what: Closes): Promise<void> => new Promise((resolve) => { what.once('close', resolve); });
closed(new net.Socket());
closed(new net.Server());
