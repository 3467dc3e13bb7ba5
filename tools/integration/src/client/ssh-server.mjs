import net from 'node:net';
import ssh2 from 'ssh2';
import { serve } from './server.mjs';
import { serveFiles } from './sftp-server.mjs';

/** What a command does with its channel. */
const COMMANDS = {
  cat: (channel) => {
    channel.pipe(channel, { end: false });
    channel.on('end', () => {
      channel.exit(0);
      channel.end();
    });
  },
  fail: (channel) => {
    channel.stderr.write('it fails');
    channel.exit(3);
    channel.end();
  },
  flood: (channel) => {
    let left = 500;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!channel.write(Buffer.alloc(20_000, left % 256))) return void channel.once('drain', more);
      }
      channel.exit(0);
      channel.end();
    };
    more();
  },
  hang: () => {},
};

/** Pipes two streams into each other. */
const join = (one, other) => one.pipe(other).pipe(one);

function onSession(session, folder) {
  session.on('exec', (accept, reject, { command }) => (COMMANDS[command] ? COMMANDS[command](accept()) : reject()));
  session.on('pty', (accept) => accept());
  session.on('shell', (accept) => {
    const shell = accept();
    shell.write('$ ');
    shell.on('data', (data) => (`${data}` === 'exit\n' ? shell.end('bye\n') : shell.write(`${data}`.toUpperCase())));
  });
  session.on('sftp', (accept) => serveFiles(accept(), folder));
}

/** A listener of the server, for connections that it forwards to the client. */
function forward(client, { bindAddr, bindPort }, forwards, accept) {
  const listener = net.createServer({ allowHalfOpen: true }, (socket) => {
    client.forwardOut(bindAddr, listener.port, socket.remoteAddress, socket.remotePort, (error, channel) => (error ? socket.destroy() : join(socket, channel)));
  });
  listener.listen(bindPort, bindAddr, () => {
    listener.port = listener.address().port;
    forwards.set(listener.port, listener);
    accept(listener.port);
  });
}

/** An SSH server over a net server: commands, a shell, the files of a folder, and tunnels both ways. */
export async function serveSsh(folder, path) {
  // ssh2 cannot read about one in 300 of the Ed25519 keys that it makes.
  const keys = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const server = new ssh2.Server({ hostKeys: [keys.private] });
  server.on('connection', (client) => {
    const forwards = new Map();
    client.on('authentication', (context) => (context.username === 'tester' && context.password === 'secret' ? context.accept() : context.reject(['password'])));
    client.on('session', (accept) => onSession(accept(), folder));
    client.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const socket = net.connect({ port: destPort, host: destIP, allowHalfOpen: true });
      socket.once('connect', () => join(socket, accept())).once('error', () => reject());
    });
    client.on('openssh.streamlocal', (accept, reject, { socketPath }) => {
      const socket = net.connect({ path: socketPath, allowHalfOpen: true });
      socket.once('connect', () => join(socket, accept())).once('error', () => reject());
    });
    client.on('request', (accept, reject, name, info) => {
      if (name === 'tcpip-forward') forward(client, info, forwards, accept);
      else if (name === 'cancel-tcpip-forward') forwards.get(info.bindPort).close(() => accept());
      else reject?.();
    });
    client.on('error', () => {}); // the client that is killed
  });
  return serve((socket) => server.injectSocket(socket.setNoDelay(true)), path);
}
