import { construct } from './function-classes.js';
import { builtinNet } from './runtime.js';
import { withStackDepth } from './stack-depth.js';

interface Class {
  readonly prototype: object;
}

/**
 * Newer Nodes move servers and sockets to worker threads: `worker.postMessage({ server }, [server])`. How, is on the builtin's
 * prototypes, and works on ours; which objects can be moved is a mark that only the builtin's constructors give, before they look at
 * their options. So they get some that they refuse.
 */
const symbols = builtinNet === undefined ? [] : Object.getOwnPropertySymbols(builtinNet.Socket.prototype);
const isKnown = symbols.some(({ description }) => description === 'messaging_transfer_symbol');

/** Call this before anything else is done to the object. */
export function markServer(server: object): void {
  if (isKnown) refused(builtinNet!.Server, server, 0);
}

/** For sockets that can be moved: those that do not read yet. An error is made each time, so not for others. */
export function markSocket(socket: object): void {
  if (isKnown) refused(builtinNet!.Socket, socket, { objectMode: true });
}

function refused(constructor: Class, on: object, options: unknown): void {
  try {
    // The stack of such an error is of no use.
    withStackDepth(0, () => construct(constructor, on, options));
  } catch {
    // As it was meant to.
  }
}
