// A network in memory with three hosts. Each has a net of its own.
// A link has a latency; it is cut and healed by a call.
import { createNet } from '@netstrata/net-compat/core';
import { createNetwork } from '@netstrata/transport-memory';

const network = createNetwork();
const [server, near, far] = ['server', 'near', 'far'].map((name) => network.host(name));
network.link(far, server, { latency: 150 }); // milliseconds, each way

const start = performance.now();
const say = (text: string) => {
  console.log(`${Math.round(performance.now() - start)} ms: ${text}`);
};

createNet(server).createServer((socket) => {
  say(`server: ${socket.remoteAddress} has connected`);
  socket.pipe(socket);
}).listen(7, '0.0.0.0');

for (const host of [near, far]) {
  const socket = createNet(host).connect(7, 'server', () => socket.end('hello'));
  socket.on('data', (chunk) => say(`${host.name}: ${String(chunk)} is back`));
}

// What is sent while the link is cut arrives later: TCP sends it again.
const heal = network.partition(near, server);
setTimeout(heal, 500);
