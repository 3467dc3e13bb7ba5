import { net } from '../native/builtin-net.js';

/**
 * Owns the handle that a socket of the runtime's has before it is told where to go, as those of the other driver have theirs. The runtime
 * shows its classes of handles on those that it makes for servers.
 */

interface HandleClass {
  new (type: number): object;
}

/** For connections, as opposed to servers: `SOCKET` of the bindings. */
const SOCKET = 0;
/** A name that leaves no file, where the system has such. */
const NAMES: Readonly<Record<string, string | undefined>> = {
  linux: `\0netstrata-${process.pid}-${Math.random()}`, win32: `\\\\.\\pipe\\netstrata-${process.pid}-${Math.random()}`,
};

const makers = {
  tcp: () => net._createServerHandle?.('127.0.0.1', 0, 4),
  pipe: () => {
    const name = NAMES[process.platform];
    return name === undefined ? undefined : net._createServerHandle?.(name, -1, -1);
  },
};
const classes: { tcp?: HandleClass | null; pipe?: HandleClass | null } = {};

/** Options for a socket that has its handle from the beginning; none where the runtime shows no handles. */
export function earlyHandle(kind: 'tcp' | 'pipe'): { readonly handle?: object; readonly manualStart?: true } {
  // Once, also where there is none.
  if (classes[kind] === undefined) classes[kind] = classOf(makers[kind]());
  const HandleClass = classes[kind];
  return HandleClass === null ? {} : { handle: new HandleClass(SOCKET), manualStart: true };
}

function classOf(handle: object | number | undefined): HandleClass | null {
  if (typeof handle !== 'object') return null;
  (handle as { close(): void }).close();
  return handle.constructor as HandleClass;
}
