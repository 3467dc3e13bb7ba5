import type { Socket } from 'node:net';
import { scenario } from './support/scenario.js';

scenario('a socket that closed connects again', async (t) => {
  await t.serve((peer) => peer.pipe(peer));
  const socket = t.watch(t.track(new t.net.Socket()), 'client', { data: true });
  for (const round of ['one', 'two', 'three']) {
    t.note('client', '--', round);
    socket.connect(t.target(), t.callback('client', 'connect'));
    t.note('client', 'state', socket.connecting, socket.destroyed, socket.readyState, socket.readable, socket.writable);
    socket.end(round, t.callback('client', 'end'));
    await t.closed(socket);
    t.note('client', 'counts', socket.bytesRead, socket.bytesWritten, socket.destroyed, socket.readyState);
  }
});

scenario('connecting again in the listener of close', async (t) => {
  let count = 0;
  await t.serve((peer) => peer.end(`hello ${++count}`));
  const socket = t.track(new t.net.Socket());
  let rounds = 0;
  const all = new Promise<void>((resolve) => {
    socket.on('close', () => {
      if (++rounds < 3) socket.connect(t.target());
      else resolve();
    });
  });
  t.watch(socket, 'client', { data: true });
  socket.connect(t.target());
  await all;
});

scenario('connecting again after an error', async (t) => {
  const nowhere = await t.nowhere();
  const socket = t.watch(t.track(new t.net.Socket()), 'client', { data: true });
  socket.connect(nowhere);
  await t.closed(socket);
  t.log('errored', socket.errored);
  const server = await t.serve((peer) => peer.end('hello'));
  socket.connect(t.target());
  t.log('errored', socket.errored, socket.destroyed);
  await t.closed(socket);
  server.close();
});

for (const way of ['refused', 'destroyed while it connects', 'destroyed', 'reset by the peer'] as const) {
  scenario(`connecting again in the listener of error: ${way}`, async (t) => {
    const nowhere = await t.nowhere();
    let isFirst = way === 'reset by the peer';
    await t.serve((peer) => {
      peer.on('error', () => {});
      if (isFirst) peer.destroy();
      else peer.end('hello');
      isFirst = false;
    });
    const socket = t.watch(t.track(new t.net.Socket()), 'client', { data: true });
    let closes = 0;
    const over = new Promise<void>((resolve) => {
      socket.on('close', () => {
        if (++closes === 2) resolve();
      });
    });
    socket.once('error', () => {
      t.note('client', '-- again', socket.destroyed, socket.connecting);
      socket.connect(t.target());
      t.note('client', 'state', socket.destroyed, socket.connecting, socket.errored);
    });
    socket.connect(way === 'refused' ? nowhere : t.target());
    if (way === 'destroyed while it connects') socket.destroy(new Error('no more'));
    if (way === 'destroyed') socket.once('connect', () => socket.destroy(new Error('no more')));
    if (way === 'reset by the peer') socket.once('end', () => socket.destroy(new Error('no more')));
    await Promise.race([over, t.turn(200)]);
    t.note('client', 'counts', closes, socket.bytesRead, socket.destroyed, socket.connecting);
  });
}

scenario('connecting again right after destroy', async (t) => {
  await t.serve((peer) => {
    // What it said to the former connection may find nobody.
    peer.on('error', () => {});
    peer.end('hello');
  });
  const socket = t.track(t.connect());
  await t.once(socket, 'connect');
  t.watch(socket, 'client', { data: true, events: ['connect', 'ready', 'error'] });
  socket.destroy();
  socket.connect(t.target());
  t.log('state', socket.destroyed, socket.connecting, socket.readyState);
  await t.once(socket, 'data');
  await t.turn(10);
  t.log('state', socket.connecting, socket.errored);
});

scenario('writing again after connecting again', async (t) => {
  await t.serve({ allowHalfOpen: true }, (peer: Socket) => {
    peer.on('data', (chunk) => t.log('peer got', chunk));
    peer.on('end', () => peer.end());
  });
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.resume();
  for (const round of [1, 2]) {
    socket.connect(t.target());
    socket.write(`round ${round}`, t.callback('client', 'write'));
    socket.end();
    await t.closed(socket);
  }
});

scenario('a timeout that was set survives the reconnect or not', async (t) => {
  await t.serve((peer) => peer.end());
  const socket = t.track(new t.net.Socket());
  socket.setTimeout(20);
  socket.resume();
  socket.connect(t.target());
  await t.closed(socket);
  t.log('timeout', socket.timeout);
  socket.setTimeout(0);
});

scenario('setEncoding survives the reconnect', async (t) => {
  await t.serve((peer) => peer.end('grün'));
  const socket = t.track(new t.net.Socket());
  socket.setEncoding('utf8');
  t.watch(socket, 'client', { data: true });
  for (let i = 0; i < 2; i++) {
    socket.connect(t.target());
    await t.closed(socket);
  }
});

scenario('cork, a full buffer and the pause survive the reconnect', async (t) => {
  await t.serve((peer) => {
    t.watch(peer, 'peer', { data: true });
    peer.write('greeting');
  });
  const socket = t.watch(t.track(new t.net.Socket({ highWaterMark: 1 } as object)), 'client');
  socket.write('lost', t.callback('client', 'lost'));
  socket.pause();
  await t.closed(socket);
  socket.cork();
  socket.connect(t.target());
  t.note('client', 'connects', socket.writableCorked, socket.writableNeedDrain, socket.isPaused());
  await t.once(socket, 'connect');
  socket.write('kept', t.callback('client', 'kept'));
  await t.turn(5);
  t.note('client', 'waits', socket.bytesRead, socket.writableLength, socket.writableCorked);
  socket.uncork();
  socket.resume();
  socket.end();
  await t.turn(5);
});
