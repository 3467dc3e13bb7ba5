// Says what carries TLS to a port of this machine, and where it believes to be: secure.mjs HOST PORT.
import tls from 'node:tls';

const [host, port] = process.argv.slice(2);
const socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false });
const events = [];
for (const event of ['lookup', 'connect', 'ready', 'secureConnect']) socket.on(event, () => events.push(event));
socket.setEncoding('utf8').once('data', (text) => {
  const { remoteAddress = null, remotePort = null, localAddress = null } = socket;
  console.log(JSON.stringify({ events, text, on: socket._handle._parent.constructor.name, remoteAddress, remotePort, localAddress }));
  socket.end();
});
