import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { Stage } from './stage.js';

type Done = (label: string) => (...args: unknown[]) => void;
export type Action = (socket: Socket, done: Done, t: Stage) => unknown;

/** What ends a socket, or writes to it: tried with `allowHalfOpen` on and off. */
export const SOCKET_ACTIONS: readonly [name: string, act: Action][] = [
  ['end', (socket, done) => socket.end(done('end'))],
  ['end with data', (socket, done) => socket.end('last', done('end'))],
  ['end twice', (socket, done) => socket.end(done('first')).end(done('second'))],
  ['destroy', (socket) => socket.destroy()],
  ['destroy with an error', (socket) => socket.destroy(new Error('boom'))],
  ['destroy twice', (socket) => socket.destroy(new Error('one')).destroy(new Error('two'))],
  ['destroySoon', (socket) => { socket.destroySoon(); }],
  ['write', (socket, done) => socket.write('data', done('write'))],
  ['write and end', (socket, done) => socket.write('data', done('write')) && socket.end('more', done('end'))],
  ['write and destroy', (socket, done) => socket.write('data', done('write')) && socket.destroy()],
  ['end and destroy', (socket, done) => socket.end('data', done('end')).destroy()],
  ['end and write', (socket, done) => socket.end(done('end')).write('late', done('write'))],
  ['pause and end', (socket, done) => socket.pause().end(done('end'))],
];

/** And those that end nothing by themselves. */
export const QUIET_ACTIONS: readonly [name: string, act: Action][] = [
  ['pause', (socket) => socket.pause()],
  ['resume', (socket) => socket.resume()],
  ['read', (socket) => socket.read() as unknown],
  ['read 0', (socket) => socket.read(0) as unknown],
  ['unshift', (socket) => socket.unshift('back')],
  ['setEncoding', (socket) => socket.setEncoding('utf8')],
  ['setTimeout', (socket, done) => socket.setTimeout(60_000, done('timeout'))],
  ['setTimeout 0', (socket) => socket.setTimeout(0)],
  ['setNoDelay', (socket) => socket.setNoDelay()],
  ['setKeepAlive', (socket) => socket.setKeepAlive(true, 1000)],
  ['ref and unref', (socket) => [socket.unref() === socket, socket.ref() === socket]],
  ['address', (socket) => [Object.keys(socket.address()), socket.remoteFamily, socket.localFamily]],
  ['cork, write and uncork', (socket, done) => {
    socket.cork();
    const goesOn = socket.write('c', done('write'));
    socket.uncork();
    return goesOn;
  }],
  ['cork and end', (socket, done) => {
    socket.cork();
    return socket.end('c', done('end'));
  }],
  ['write of nothing', (socket, done) => socket.write('', done('write'))],
  ['write of null', (socket, done) => socket.write(null as never, done('write'))],
  ['push', (socket) => socket.push('pushed')],
  ['the end pushed', (socket) => socket.push(null)],
  ['pipe', (socket, done) => socket.pipe(sink(done)) instanceof Writable],
  ['a listener of data', (socket, done) => socket.on('data', done('data'))],
  ['a listener of readable', (socket, done) => socket.on('readable', () => { done('readable')(socket.readableLength); })],
  ['allowHalfOpen set', (socket) => { socket.allowHalfOpen = !socket.allowHalfOpen; }],
  ['connect', (socket, done, t) => t.connectAgain(socket, done('connect'))],
  ['connect and end', (socket, done, t) => t.connectAgain(socket, done('connect')).end(done('end'))],
  ['connect and destroy', (socket, done, t) => t.connectAgain(socket, done('connect')).destroy()],
];

function sink(done: Done): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, callback) {
      done('piped')(chunk);
      callback();
    },
  }).on('finish', done('piped to the end'));
}

/** What there is to see of a socket. */
export function look(t: Stage, lane: string, socket: Socket): void {
  t.note(lane, 'flags', socket.readable, socket.writable, socket.destroyed, socket.closed, socket.readyState, socket.connecting, socket.pending);
  t.note(lane, 'sides', socket.readableEnded, socket.writableEnded, socket.writableFinished, socket.writableLength, socket.readableLength, socket.errored);
}
