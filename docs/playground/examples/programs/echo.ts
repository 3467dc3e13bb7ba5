// A server and two clients, as you would write them for Node.
// Here `node:net` is netstrata over a network in memory.
import net from 'node:net';

const server = net.createServer((socket) => {
  console.log(`server: connection from port ${socket.remotePort}`);
  socket.setEncoding('utf8');
  socket.on('data', (text) => socket.write(text.toString().toUpperCase()));
  socket.on('end', () => console.log('server: a client has ended'));
});

server.listen(7, () => {
  for (const name of ['ada', 'grace']) {
    const client = net.connect(7, 'localhost', () => client.end(`hello from ${name}`));
    client.setEncoding('utf8').on('data', (text) => console.log(`${name}: ${String(text)}`));
    client.on('close', () => console.log(`${name}: closed, ${client.bytesRead} bytes read`));
  }
});

// Nobody listens there: the error is the one that Node gives.
net.connect(81, '127.0.0.1').on('error', (error) => console.log(error.message));
