import { once } from 'node:events';
import net from 'node:net';

/** What the proxy is asked to do, by the port that is dialled through it. */
export const SCRIPT = { refused: 1, early: 2, pieces: 3, late: 4, reset: 5, unknown: 6, end: 7, bound: 8 };

const BOUND = [203, 0, 113, 9, 0x12, 0x34];
const ADDRESS = Buffer.of(5, 0, 0, 1, ...BOUND);
const NAMED = Buffer.concat([Buffer.of(5, 0, 0, 3, 4), Buffer.from('exit'), Buffer.of(0, 80)]);

/** What each connection goes on with once it is open. `open` sends the answer, with what follows in the same segment. */
const PLAYS = {
  [SCRIPT.early]: (socket, open) => void open('early ').end('and late'),
  [SCRIPT.late]: (socket, open) => void open().resume().on('end', () => socket.end('the answer')),
  [SCRIPT.reset]: (socket, open) => void open('some').once('data', () => socket.resetAndDestroy()),
  [SCRIPT.end]: (socket, open) => {
    let heard = '';
    open().end('done').on('data', (chunk) => (heard += chunk)).on('end', () => socket.emit('heard', heard));
  },
  [SCRIPT.bound]: (socket, open) => void open().end(),
};

async function listen(onSocket) {
  const sockets = new Set();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    onSocket(socket, server);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: server.address().port,
    /** What the peer of the next connection of `SCRIPT.end` says after the end. */
    heard: () => once(server, 'heard').then(([text]) => text),
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function play(socket, server, port, open) {
  socket.on('heard', (text) => server.emit('heard', text));
  (PLAYS[port] ?? PLAYS[SCRIPT.bound])(socket, open);
}

/** A SOCKS5 proxy that answers as it is told. */
export const openScriptedSocks = () =>
  listen((socket, server) => {
    socket.once('data', () => {
      socket.write(Buffer.of(5, 0));
      socket.once('data', async (request) => {
        const port = request.readUInt16BE(request.length - 2);
        const code = { [SCRIPT.refused]: 5, [SCRIPT.unknown]: 4 }[port];
        if (code) return void socket.end(Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0));
        if (port !== SCRIPT.pieces) return play(socket, server, port, (text = '') => (socket.write(Buffer.concat([ADDRESS, Buffer.from(text)])), socket));
        // A turn of the event loop between two pieces, so that each is read by itself.
        for (const byte of NAMED) {
          socket.write(Buffer.of(byte));
          for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
        }
        return void socket.end('in pieces');
      });
    });
  });

/** An HTTP proxy for CONNECT that does the same. */
export const openScriptedConnect = () =>
  listen((socket, server) => {
    socket.once('data', async (request) => {
      const port = Number(/^CONNECT \S+:(\d+) /.exec(request)?.[1]);
      if (port === SCRIPT.refused || port === SCRIPT.unknown) return void socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno!');
      const answer = 'HTTP/1.1 200 Connection established\r\nContent-Length: 5\r\n\r\n';
      if (port !== SCRIPT.pieces) return play(socket, server, port, (text = '') => (socket.write(answer + text), socket));
      for (const byte of `HTTP/1.1 100 Continue\r\n\r\n${answer}`) {
        socket.write(byte);
        for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      }
      return void socket.end('in pieces');
    });
  });
