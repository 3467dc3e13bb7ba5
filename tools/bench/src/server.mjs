// One server in a process of its own: node --expose-gc server.mjs MODULE CASE ADDRESS. It talks to the runner by messages.
import { cases } from './cases.mjs';

const [moduleName, caseName, address] = process.argv.slice(2);
const { default: net } = await import(moduleName);

const server = net.createServer({ noDelay: true }, (/** @type {import('node:net').Socket} */ socket) => {
  socket.on('error', () => {});
  cases[caseName].serve(socket);
});
server.listen(address ? { path: address } : { port: 0, host: '127.0.0.1' }, () => {
  process.send({ listening: address || server.address().port });
});

process.on('message', (request) => {
  if (request === 'stop') process.exit();
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage();
  process.send({ cpuMicros: user + system, bytes: memory.rss, heap: memory.heapUsed + memory.external });
});
