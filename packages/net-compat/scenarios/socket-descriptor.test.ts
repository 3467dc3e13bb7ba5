import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { freshPath } from '@netstrata/config/fresh-path';
import { scenario, type ScenarioOptions } from './support/scenario.js';

const ONCE: ScenarioOptions = { media: ['ipc'] };
/** Windows has no FIFOs. */
const FIFO: ScenarioOptions = process.platform === 'win32' ? { media: [] } : ONCE;

/** The descriptor of a FIFO, which gives back what is written into it. */
function fifo(flags = constants.O_RDWR): number {
  const path = freshPath();
  execFileSync('mkfifo', [path]);
  return openSync(path, flags | constants.O_NONBLOCK);
}

scenario('a socket from a descriptor', FIFO, async (t) => {
  const socket = t.watch(t.track(new t.net.Socket({ fd: fifo() })), 'socket', { data: true });
  t.log('state', socket.readyState, socket.pending, socket.connecting, socket.bufferSize, socket.remoteAddress, socket.address());
  socket.write('in and out', t.callback('socket', 'write'));
  await t.once(socket, 'data');
  t.log('counts', socket.bytesRead, socket.bytesWritten);
  socket.destroy();
  await t.closed(socket);
});

scenario('a socket from a descriptor, given as a number', FIFO, async (t) => {
  const make = t.net.Socket as unknown as (fd: number) => Socket;
  const socket = t.watch(t.track(make(fifo())), 'socket', { data: true });
  socket.write('x');
  await t.once(socket, 'data');
  socket.destroy();
  await t.closed(socket);
});

scenario('a socket from a descriptor that only reads, or only writes', FIFO, async (t) => {
  const reader = t.watch(t.track(new t.net.Socket({ fd: fifo(constants.O_RDONLY), writable: false })), 'reader', { data: true });
  t.log('reader', reader.readable, reader.writable, reader.readyState);
  await t.turn(3);
  reader.destroy();
  await t.closed(reader);
  const writer = t.watch(t.track(new t.net.Socket({ fd: fifo(), readable: false })), 'writer');
  t.log('writer', writer.readable, writer.writable, writer.readyState);
  writer.end('text', t.callback('writer', 'end'));
  await t.closed(writer);
});

scenario('a descriptor that is no stream', ONCE, (t) => {
  const fd = openSync(process.execPath, 'r');
  t.attempt('a file', () => new t.net.Socket({ fd }));
  closeSync(fd);
  t.attempt('closed', () => new t.net.Socket({ fd }));
});

scenario('a paused socket from a descriptor', FIFO, async (t) => {
  const socket = t.track(new t.net.Socket({ fd: fifo(), pauseOnCreate: true } as never));
  t.log('paused', socket.isPaused(), socket.readableFlowing);
  t.watch(socket, 'socket', { data: true });
  socket.write('waits');
  await t.turn(5);
  t.log('read', socket.bytesRead);
  socket.resume();
  await t.once(socket, 'data');
  socket.destroy();
  await t.closed(socket);
});

scenario('a socket over a handle that another socket gave away', async (t) => {
  type WithHandle = Socket & { _handle: unknown };
  const { client, peer } = await t.pair();
  const handle = (client as WithHandle)._handle;
  t.log('has one', handle !== null);
  (client as WithHandle)._handle = null;
  const again = t.watch(t.track(new t.net.Socket({ handle, allowHalfOpen: false } as never)), 'again', { data: true });
  t.log('state', again.readyState, again.pending, again.connecting, again.remoteFamily);
  t.watch(peer, 'peer', { data: true });
  peer.write('to the new one');
  await t.once(again, 'data');
  again.end('from the new one');
  await t.closed(again);
});
