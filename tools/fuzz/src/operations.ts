import type { NetConnectOpts } from 'node:net';
import { finished, pipeline } from 'node:stream';
import fc from 'fast-check';
import { loop, sink } from './consumers.js';
import { content, encoding, form, size } from './content.js';
import type { Player } from './world.js';

type Args = readonly unknown[];

/** An operation on a socket. */
export interface Operation<A extends Args = Args> {
  /** How often it occurs, relative to the others. */
  readonly weight: number;
  readonly args: fc.Arbitrary<A>;
  /** Its return value is recorded, unless it is undefined. */
  act(player: Player, ...args: A): unknown;
}

function operation<A extends Args>(weight: number, args: fc.Arbitrary<A>, act: (player: Player, ...args: A) => unknown): Operation {
  return { weight, args, act };
}

const none = fc.constant<[]>([]);
const flag = fc.tuple(fc.boolean());
const amount = fc.constantFrom(null, null, 0, 1, 2, 5, 20, 100_000);
const event = fc.constantFrom('data', 'readable', 'end', 'drain', 'finish', 'close', 'connect', 'error', 'timeout');

function write(player: Player, length: number, as: string, called: boolean): boolean {
  const [chunk, given] = content(player.world, length, as);
  const { socket } = player;
  if (!called) return given === undefined ? socket.write(chunk) : socket.write(chunk, given);
  const callback = player.callback(`write of ${length}`);
  return given === undefined ? socket.write(chunk, callback) : socket.write(chunk, given, callback);
}

function listen(player: Player, name: string, listener: (...args: unknown[]) => void): void {
  player.listeners.set(name, [...(player.listeners.get(name) ?? []), listener]);
  player.socket.on(name, listener);
}

function read(player: Player, size: number | null): unknown {
  const piece: unknown = size === null ? player.socket.read() : player.socket.read(size);
  return piece === undefined ? 'undefined' : piece;
}

/** Several pipes of one source wait for each other in their own ways. */
function pipesOf({ socket }: Player): number {
  return (socket as unknown as { _readableState: { pipes: unknown[] } })._readableState.pipes.length;
}

export const SOCKET_OPERATIONS: Readonly<Record<string, Operation>> = {
  write: operation(14, fc.tuple(size, form, fc.boolean()), write),
  writes: operation(5, fc.tuple(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 6 }), form, fc.boolean()), (player, sizes, as, called) =>
    sizes.map((length) => write(player, length, as, called)),
  ),
  cork: operation(3, none, ({ socket }) => socket.cork()),
  uncork: operation(3, none, ({ socket }) => socket.uncork()),
  setDefaultEncoding: operation(1, fc.tuple(encoding), ({ socket }, name) => void socket.setDefaultEncoding(name)),
  end: operation(4, flag, (player, called) => {
    if (called) player.socket.end(player.callback('end'));
    else player.socket.end();
  }),
  endWith: operation(3, fc.tuple(size, form, fc.boolean()), (player, length, as, called) => {
    const [chunk, given = 'utf8'] = content(player.world, length, as);
    if (called) player.socket.end(chunk as string, given, player.callback(`end with ${length}`));
    else player.socket.end(chunk as string, given);
  }),

  pause: operation(4, none, ({ socket }) => void socket.pause()),
  resume: operation(5, none, ({ socket }) => void socket.resume()),
  read: operation(5, fc.tuple(amount), read),
  setEncoding: operation(2, fc.tuple(encoding), ({ socket }, name) => void socket.setEncoding(name)),
  unshift: operation(2, fc.tuple(fc.integer({ min: 0, max: 10 }), form), ({ socket, world }, length, as) => {
    const [chunk, given] = content(world, length, as);
    socket.unshift(chunk, given);
  }),
  onData: operation(7, none, (player) => listen(player, 'data', (chunk) => player.data(chunk as Uint8Array))),
  onReadable: operation(5, fc.tuple(fc.constantFrom('nothing', 'all', 'once', 'byte')), (player, reads) =>
    listen(player, 'readable', () => {
      player.note('readable');
      if (reads === 'nothing') return;
      for (;;) {
        const piece = read(player, reads === 'byte' ? 1 : null);
        player.note('reads', [piece]);
        if (piece === null || reads !== 'all') break;
      }
    }),
  ),
  removeListener: operation(3, fc.tuple(fc.constantFrom('data', 'readable')), ({ socket, listeners }, name) => {
    const listener = listeners.get(name)?.pop();
    if (listener !== undefined) socket.removeListener(name, listener);
  }),
  removeAllListeners: operation(1, fc.tuple(fc.constantFrom('readable', 'end')), ({ socket }, name) => void socket.removeAllListeners(name)),
  pipe: operation(2, fc.tuple(fc.boolean(), fc.boolean()), (player, slow, end) => {
    if (pipesOf(player) > 0) return 'not now';
    const into = sink(player, slow);
    player.sinks.push(into);
    player.socket.pipe(into, { end });
    return undefined;
  }),
  pipeBack: operation(1, none, (player) => (pipesOf(player) > 0 ? 'not now' : void player.socket.pipe(player.socket))),
  unpipe: operation(1, flag, ({ socket, sinks }, all) => {
    socket.unpipe(all ? undefined : sinks.pop());
  }),
  loop: operation(2, fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), (player, limit, destroys) => (player.loops > 0 ? 'not now' : void loop(player, limit, destroys))),
  finished: operation(1, fc.tuple(fc.record({ readable: fc.boolean(), writable: fc.boolean() })), (player, options) => void finished(player.socket, options, player.callback('finished'))),
  pipeline: operation(1, flag, (player, slow) => (pipesOf(player) > 0 ? 'not now' : void pipeline(player.socket, sink(player, slow), player.callback('pipeline')))),

  setTimeout: operation(1, fc.tuple(fc.constantFrom(0, 60_000)), (player, time) => void player.socket.setTimeout(time)),
  setNoDelay: operation(1, none, ({ socket }) => void socket.setNoDelay(true)),
  setKeepAlive: operation(1, flag, ({ socket }, on) => void socket.setKeepAlive(on, 1000)),
  refs: operation(1, none, ({ socket }) => void socket.unref().ref()),
  address: operation(1, none, ({ socket }) => [Object.keys(socket.address()), socket.remoteAddress, socket.localAddress]),
  allowHalfOpen: operation(1, flag, ({ socket }, on) => void (socket.allowHalfOpen = on)),

  connect: operation(0, none, (player) => {
    // Not for a connection that is made or pending.
    const { socket } = player;
    if (socket.connecting || !(socket.pending || socket.destroyed)) return 'not now';
    // What the builtin still had pending for the former connection happens to the new one.
    if (player.loops > 0 || (socket.destroyed && player.closes === 0)) return 'not now';
    if (player.connected && !player.wasUp) return 'not now';
    if (socket.writableEnded && !socket.writableFinished) return 'not now';
    if (player.world.target === null) return 'nowhere';
    player.closes = 0;
    player.connected = true;
    player.wasUp = false;
    socket.connect(player.world.target as NetConnectOpts, player.callback('connect'));
    return undefined;
  }),
  destroy: operation(2, fc.tuple(fc.constantFrom('', '', 'error')), ({ socket, world }, message) => void socket.destroy(message === '' ? undefined : world.error(message))),
  destroySoon: operation(1, none, ({ socket }) => socket.destroySoon()),
  resetAndDestroy: operation(1, none, ({ socket }) => {
    // While a FIN is pending the builtin emits EINVAL, and never 'close'.
    if (socket.connecting || (socket.writableEnded && !socket.writableFinished)) return 'not now';
    socket.resetAndDestroy();
    return undefined;
  }),
  mark: operation(2, none, (player) => {
    // In which tick do things happen? For loops that differs between Nodes.
    if (player.looped) return 'not now';
    process.nextTick(() => {
      player.note('-- tick');
      process.nextTick(() => player.note('-- second tick'));
    });
    void Promise.resolve().then(() => player.note('-- promise'));
    return undefined;
  }),
};

/** For inside a listener. */
export const THROWING: Operation = operation(2, none, ({ world }) => {
  throw world.error('thrown');
});

/** Events whose listeners may act. */
export const eventName = event;
