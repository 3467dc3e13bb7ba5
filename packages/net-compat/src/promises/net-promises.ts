import { bare, optionsOf } from '@netstrata/stream-core';
import { abortError, closedBeforeConnection, serverNotRunning } from '../args/errors.js';
import { normalizeArgs } from '../args/normalize-args.js';
import { checkSignal, onAbort } from '../args/signals.js';
import { checkFunction } from '../args/validate.js';
import type { Net } from '../api/net.js';
import type { NetPromises, PromisedListenOptions } from '../api/promised.js';
import type { Server } from '../server/server.js';
import { Waiting } from '../server/waiting.js';
import type { ServerFace } from '../shared/server-face.js';
import { settled } from './settled.js';
import type { ConnectOptions } from '../socket/socket-options.js';
import type { Socket } from '../socket/socket.js';

/** Such an object of each net. */
const known = new WeakMap<Net, NetPromises>();

/** The same functions over any net, such as one of `createNet`. */
export function promisesOf(net: Net): NetPromises {
  let promises = known.get(net);
  if (promises === undefined) {
    promises = { connect: (...args: unknown[]) => connect(net, args), listen: (...args: unknown[]) => listen(net, args) };
    known.set(net, promises);
  }
  return promises;
}

/** What is taken from an object of options or from its class; all else is taken from the object alone, as Node does. */
const DIAL_OPTIONS = [
  'port', 'host', 'path', 'localAddress', 'localPort', 'family', 'hints', 'lookup', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout',
  'connectTimeout', 'timeout', 'signal',
] as const;
const LISTEN_OPTIONS = [
  'port', 'host', 'path', 'fd', 'handle', '_handle', 'backlog', 'exclusive', 'ipv6Only', 'reusePort', 'readableAll', 'writableAll',
  'reclaim', 'signal', 'connectionListener',
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
  await settled((resolve, reject) => {
    socket.on('connect', resolve).on('error', reject);
    const closed = (): void => { reject(closedBeforeConnection()); };
    socket.on('close', closed);
    const stop = signal && onAbort(signal, () => {
      reject(abortError(signal.reason));
      socket.destroy();
    });
    return () => {
      socket.off('connect', resolve).off('error', reject).off('close', closed);
      // What a socket that is given up still says is nobody's.
      if (socket.destroyed) socket.on('error', () => {});
      stop?.();
    };
  });
  return socket;
}

async function listen(net: Net, args: readonly unknown[]): Promise<Server> {
  const [given] = normalizeArgs(args);
  const options = copied(given, LISTEN_OPTIONS);
  const { signal, connectionListener } = options as PromisedListenOptions;
  delete options['signal'];
  delete options['connectionListener'];
  if (signal !== undefined) checkSignal(signal, 'options.signal');
  if (connectionListener != null) checkFunction(connectionListener, 'options.connectionListener');
  if (signal?.aborted === true) throw abortError(signal.reason);
  const server = net.createServer(options, connectionListener);
  if (connectionListener == null) Waiting.of(server as unknown as ServerFace);
  const isNowhere = ['port', 'path', 'fd', 'handle', '_handle'].every((name) => options[name] === undefined);
  await settled((resolve, reject) => {
    server.on('listening', resolve).on('error', reject);
    const closed = (): void => { reject(serverNotRunning()); };
    server.on('close', closed);
    const stop = signal && onAbort(signal, () => {
      reject(abortError(signal.reason));
      server.close();
    });
    try {
      if (isNowhere) options['port'] = 0;
      server.listen(options as PromisedListenOptions);
    } catch (error) {
      reject(error as Error);
    }
    return () => {
      server.off('listening', resolve).off('error', reject).off('close', closed);
      stop?.();
    };
  });
  if (signal !== undefined) server.once('close', onAbort(signal, () => { server.close(); }));
  return server;
}
