// ---- ws: a connection of one's own
import WebSocket, { WebSocketServer } from 'ws';
import * as net from 'net';
new WebSocket('ws://x', { createConnection: () => net.connect(80, 'x') });
new WebSocketServer({ noServer: true });

// ---- ws: an upgrade
import * as http from 'node:http';
import { WebSocketServer } from 'ws';
import * as net from 'net';
const sockets = new WebSocketServer({ noServer: true });
http.createServer().on('upgrade', (request, socket, head) => { sockets.handleUpgrade(request, socket, head, () => {}); });
sockets.handleUpgrade(new http.IncomingMessage(new net.Socket()), new net.Socket(), Buffer.alloc(0), () => {});
sockets.on('connection', (socket, request) => { const peer: net.Socket = request.socket; });

// ---- ws: a stream over it
import WebSocket, { createWebSocketStream } from 'ws';
import * as net from 'net';
net.createServer((socket) => { socket.pipe(createWebSocketStream(new WebSocket('ws://x'))).pipe(socket); });

// ---- pg: a stream
import pg from 'pg';
import * as net from 'net';
new pg.Client({ stream: () => new net.Socket() });
new pg.Pool({ stream: () => net.connect(5432) });

// ---- ioredis: a connector
import { Redis, AbstractConnector } from 'ioredis';
import * as net from 'net';
class Connector extends AbstractConnector {
  constructor() { super(1000); }
  connect(): Promise<net.Socket> { this.connecting = true; const socket = net.connect(6379); this.stream = socket; return Promise.resolve(socket); }
}
new Redis({ Connector });

// ---- mqtt: a stream
import { MqttClient } from 'mqtt';
import * as net from 'net';
new MqttClient(() => net.connect(1883), {});

// ---- undici: a connector
import { Agent, buildConnector, Client } from 'undici';
import * as net from 'net';
new Client('http://x', { connect: (options, callback) => { const socket = net.connect(Number(options.port), options.hostname, () => { callback(null, socket); }); } });
new Agent({ connect: { timeout: 5 } });
const connector: buildConnector.connector = (options, callback) => { const socket = net.connect({ host: options.hostname, port: 80 }); socket.once('connect', () => callback(null, socket)).once('error', (error) => callback(error, null)); };
