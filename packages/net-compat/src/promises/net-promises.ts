import { bare, optionsOf } from '@netstrata/stream-core';
import { abortError, closedBeforeConnection, serverNotRunning } from '../args/errors.js';
import { LISTEN_OPTIONS, normalizeArgs } from '../args/normalize-args.js';
import { checkSignal, onAbort } from '../args/signals.js';
import { checkFunction } from '../args/validate.js';
import type { Net } from '../api/net.js';
import type { NetPromises, PromisedListenOptions } from '../api/promised.js';
import type { Server } from '../server/server.js';
import { Waiting } from '../server/waiting.js';
import type { ServerFace } from '../shared/server-face.js';
import type { ConnectOptions } from '../socket/socket-options.js';
import type { Socket } from '../socket/socket.js';
import type { Signal } from '../types/node-types.js';

/** Such an object of each net. */
const known = new WeakMap<Net, NetPromises>();

/**
 * The same functions over any net, such as one of `createNet`.
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { promisesOf } from '@netstrata/net-compat/core-promises';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const { connect } = promisesOf(createNet(createNetwork().host('here', '10.0.0.1')));
 * await connect(7, '10.0.0.1').catch((error) => console.log(error.code)); // prints ECONNREFUSED
 * ```
 */
export function promisesOf(net: Net): NetPromises {
  let promises = known.get(net);
  if (promises === undefined) {
    promises = { connect: (...args: unknown[]) => connect(net, args), listen: (...args: unknown[]) => listen(net, args) };
    known.set(net, promises);
  }
  return promises;
}

/** What of `connect`'s options is taken from their class, too; all else is taken from the object alone, as Node does. */
const DIAL_OPTIONS = [
  'port', 'host', 'path', 'localAddress', 'localPort', 'family', 'hints', 'lookup', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout',
  'connectTimeout', 'timeout', 'signal',
] as const;

/** A copy of options that can be changed. */
function copied(given: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.assign(bare(optionsOf(given, names)), given);
}

async function connect(net: Net, args: readonly unknown[]): Promise<Socket> {
  const [given] = normalizeArgs(args);
  const options = copied(given, DIAL_OPTIONS);
  const { signal } = options;
  delete options['signal'];
  if (signal !== undefined) checkSignal(signal, 'options.signal');
  if (signal?.aborted === true) throw abortError(signal.reason);
  options['autoSelectFamily'] ??= net.getDefaultAutoSelectFamily() ? 'race' : false;
  const socket = net.connect(options as unknown as ConnectOptions);
  await reached(socket, 'connect', { signal, giveUp: () => { socket.destroy(); }, closed: closedBeforeConnection });
  return socket;
}

async function listen(net: Net, args: readonly unknown[]): Promise<Server> {
  const [given] = normalizeArgs(args);
  const options = copied(given, [...LISTEN_OPTIONS, 'handle', '_handle', 'connectionListener']);
  const { signal, connectionListener } = options as PromisedListenOptions;
  delete options['signal'];
  delete options['connectionListener'];
  if (signal !== undefined) checkSignal(signal, 'options.signal');
  if (connectionListener != null) checkFunction(connectionListener, 'options.connectionListener');
  if (signal?.aborted === true) throw abortError(signal.reason);
  const server = net.createServer(options, connectionListener);
  if (connectionListener == null) Waiting.of(server as unknown as ServerFace);
  if (['port', 'path', 'fd', 'handle', '_handle'].every((name) => options[name] === undefined)) options['port'] = 0;
  const begin = (): void => { server.listen(options as PromisedListenOptions); };
  const giveUp = (): void => { server.close(); };
  await reached(server, 'listening', { signal, begin, giveUp, closed: serverNotRunning });
  if (signal !== undefined) server.once('close', onAbort(signal, giveUp));
  return server;
}

interface End {
  readonly signal: Signal | undefined;
  /** What leads there, if that has not begun. */
  readonly begin?: () => void;
  /** What is done when the signal aborts. */
  readonly giveUp: () => void;
  /** What it rejects with when that is all that has come of it. */
  readonly closed: () => Error;
}

/** Resolves when a socket or a server emits an event; rejects at 'error' and 'close', and when the signal aborts. */
function reached(emitter: Socket | Server, event: 'connect' | 'listening', { signal, begin, giveUp, closed }: End): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void): void => {
      stop?.();
      (emitter as Socket).off(event, done).off('error', fail).off('close', gone);
      // What a socket that is given up still says is nobody's.
      if ((emitter as Partial<Socket>).destroyed === true) emitter.on('error', () => {});
      outcome();
    };
    const done = (): void => { settle(resolve); };
    const fail = (error: Error): void => { settle(() => { reject(error); }); };
    const gone = (): void => { fail(closed()); };
    (emitter as Socket).on(event, done).on('error', fail).on('close', gone);
    const stop = signal && onAbort(signal, () => {
      fail(abortError(signal.reason));
      giveUp();
    });
    try {
      begin?.();
    } catch (error) {
      fail(error as Error);
    }
  });
}
