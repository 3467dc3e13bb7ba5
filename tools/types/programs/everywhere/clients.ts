// ---- a port and a host
import * as net from 'net';
const socket = net.connect(7, '127.0.0.1', () => { socket.end('hello'); });

// ---- a port alone
import * as net from 'net';
net.connect(7).destroy();

// ---- a path
import * as net from 'net';
const socket: net.Socket = net.connect('/tmp/socket', () => {});
socket.unref();

// ---- options of TCP
import * as net from 'net';
net.connect({ port: 7, host: 'localhost', localAddress: '127.0.0.1', localPort: 0, family: 4, hints: 0, noDelay: true, keepAlive: true, keepAliveInitialDelay: 1000, timeout: 5000 });

// ---- options of a path
import * as net from 'net';
net.createConnection({ path: '/tmp/socket', timeout: 10 }, () => {});

// ---- createConnection with a port and a listener
import { createConnection } from 'net';
createConnection(80, 'example.org', () => {}).on('connect', () => {});

// ---- happy eyeballs
import * as net from 'net';
net.connect({ port: 80, host: 'example.org', autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 300 });
net.setDefaultAutoSelectFamily(!net.getDefaultAutoSelectFamily());
net.setDefaultAutoSelectFamilyAttemptTimeout(net.getDefaultAutoSelectFamilyAttemptTimeout() * 2);

// ---- a socket that is made first and connected later
import { Socket } from 'net';
const socket = new Socket();
socket.setTimeout(1000);
socket.connect(80, 'example.org', () => {});
socket.connect({ port: 80, host: 'example.org' });
socket.connect('/tmp/socket');
socket.connect(80);

// ---- options of a socket
import { Socket } from 'net';
new Socket({ fd: 3, readable: true, writable: true, allowHalfOpen: true });

// ---- a lookup of one's own
import * as net from 'net';
const lookup: net.LookupFunction = (hostname, options, callback) => {
  if (options.all) callback(null, [{ address: hostname, family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
net.connect({ port: 80, host: 'x', lookup });

// ---- a lookup in place
import * as net from 'net';
net.connect({ port: 80, host: 'x', lookup: (_hostname, _options, callback) => { callback(null, '127.0.0.1', 4); } });

// ---- a lookup that fails
import * as net from 'net';
net.connect({ port: 80, host: 'x', lookup: (hostname, _options, callback) => { callback(new Error(hostname), '', 0); } });

// ---- reading into a buffer
import * as net from 'net';
net.connect({ port: 80, onread: { buffer: new Uint8Array(1024), callback: (count, buffer) => { buffer.subarray(0, count); return true; } } });

// ---- reading into buffers from a function
import * as net from 'net';
const onread: net.OnReadOpts = { buffer: () => new Uint8Array(10), callback: (count: number, buffer: Uint8Array): boolean => count < buffer.length };
net.connect({ path: 'p', onread });

// ---- chained setters
import * as net from 'net';
const socket: net.Socket = net.connect(7).setNoDelay(true).setKeepAlive(true, 1000).setTimeout(1000, () => {}).setEncoding('utf8').pause().resume().ref().unref();
socket.destroy();

// ---- writing
import * as net from 'net';
const socket = net.connect(7);
const more: boolean = socket.write('text');
socket.write('text', 'latin1');
socket.write('text', 'utf8', () => {});
socket.write('text', (error) => { if (error) throw error; });
socket.write(new Uint8Array([1, 2, 3]));
socket.write(new Uint8Array(3), () => {});
if (!more) socket.once('drain', () => {});

// ---- ending
import * as net from 'net';
const socket = net.connect(7);
socket.end();
socket.end(() => {});
socket.end('bye');
socket.end('bye', () => {});
socket.end('bye', 'utf8', () => {});
socket.end(new Uint8Array(1));

// ---- what it says of itself
import * as net from 'net';
const socket = net.connect(7);
const numbers: number[] = [socket.bytesRead, socket.bytesWritten, socket.writableLength, socket.readableLength, socket.writableHighWaterMark];
const flags: boolean[] = [socket.connecting, socket.pending, socket.destroyed, socket.readable, socket.writable, socket.readableEnded, socket.writableEnded, socket.writableFinished, socket.allowHalfOpen];
const text: (string | undefined)[] = [socket.localAddress, socket.remoteAddress, socket.remoteFamily, socket.localFamily];
const ports: (number | undefined)[] = [socket.localPort, socket.remotePort, socket.timeout];
const state: 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed' = socket.readyState;

// ---- its address
import * as net from 'net';
const address = net.connect(7).address();
if ('port' in address) { const port: number = address.port; const family: string = address.family; }

// ---- destroying
import * as net from 'net';
const socket = net.connect(7);
socket.destroy();
socket.destroy(new Error('enough')).on('close', () => {});
socket.resetAndDestroy();
socket.destroySoon();

// ---- addresses that were attempted
import * as net from 'net';
const attempted: string[] = net.connect(7).autoSelectFamilyAttemptedAddresses ?? [];

// ---- cork and uncork
import * as net from 'net';
const socket = net.connect(7);
socket.cork();
socket.write('a');
socket.uncork();
socket.setDefaultEncoding('latin1');

// ---- a promise of a connection
import * as net from 'net';
const dial = (port: number): Promise<net.Socket> => new Promise((resolve, reject) => {
  const socket = net.connect({ port }, () => { socket.off('error', reject); resolve(socket); });
  socket.once('error', reject);
});
export const both = Promise.all([dial(1), dial(2)]);

// ---- trying again
import * as net from 'net';
function attempt(left: number): void {
  const socket = net.connect({ port: 7, host: 'localhost' });
  socket.on('error', (error) => { if (left > 0) attempt(left - 1); else throw error; });
}
attempt(3);

// ---- echo
import * as net from 'net';
net.createServer((socket) => { socket.pipe(socket); }).listen(7);

// ---- reading on demand
import * as net from 'net';
const socket = net.connect(7);
socket.on('readable', () => {
  let chunk;
  while ((chunk = socket.read()) !== null) socket.write(chunk);
});
socket.unshift('again');

// ---- a loop over what arrives
import * as net from 'net';
async function size(socket: net.Socket): Promise<number> {
  let all = 0;
  for await (const chunk of socket) all += chunk.length;
  return all;
}
size(net.connect(7));

// ---- lines
import * as net from 'net';
let rest = '';
net.connect(7).setEncoding('utf8').on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
});

// ---- a proxy
import * as net from 'net';
net.createServer((client) => {
  const upstream = net.connect(80, 'example.org');
  client.pipe(upstream).pipe(client);
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
}).listen(8080);

// ---- destinations of pipes
import * as net from 'net';
const [a, b] = [net.connect(1), net.connect(2)];
const same: net.Socket = a.pipe(b, { end: false });
a.unpipe(b).unpipe();

// ---- [since 26] type of service
import * as net from 'net';
const socket = net.connect(7).setTypeOfService(0x10);
const tos: number = socket.getTypeOfService();
new net.Socket({ typeOfService: 4 });

// ---- [since 26] probes of keep-alive
import * as net from 'net';
net.connect(7).setKeepAlive({ enable: true, initialDelay: 1000, interval: 1000, count: 3 }).setKeepAlive(true, 1, 2, 3).end();

// ---- [ours] ports as text
import * as net from 'net';
net.connect('80', 'example.org');
net.connect({ port: '80' });
new net.Socket().connect('80', 'example.org');
net.createServer().listen('80');

// ---- [ours] options of its own
import * as net from 'net';
net.connect({ port: 1, gather: false, pooledReads: true, highWaterMark: 1024 });
net.createServer({ gather: false, pooledReads: true });
new net.Socket({ gather: false });

// ---- [ours] nets over transports
import { createNet, type Net, type Socket } from 'net';
const other: Net = createNet({ lookup: (_name, _options, callback) => { callback(null, '::1', 6); } });
const socket: Socket = other.connect(7);
const more: Socket = new other.Socket();
