import type { Net } from '@netstrata/net-compat/core';
import { optionOf } from '@netstrata/stream-core';
import { noHost } from '../base/errors.js';
import { here } from '../context/here.js';

type Listener = () => void;
type Connect = (options: object, listener?: Listener | null) => unknown;

/**
 * `tls.connect`, and with it `https`, for programs of hosts: the builtin connects on the real network, unless it is given a socket.
 * Here it is given one of the host.
 */
export function worldConnect(original: Connect): Connect {
  return ((...args: unknown[]) => {
    const where = here();
    if (where === undefined) return original(...(args as Parameters<Connect>));
    if (where.host === null) throw noHost();
    const [options, listener] = optionsOf(where.host.net, args);
    return original({ ...options, socket: optionOf(options, 'socket') ?? where.host.net.connect(options as never) }, listener);
  });
}

/** As Node reads the arguments: `net.connect`'s, and options also behind a port and a host. */
function optionsOf(net: Net, args: readonly unknown[]): [Record<string, unknown> & { socket?: unknown }, Listener | null] {
  const [options, listener] = net._normalizeArgs(args) as unknown as [Record<string, unknown>, Listener | null];
  const more = args.slice(1, 3).find((arg) => typeof arg === 'object' && arg !== null);
  return [{ ...options, ...more }, listener];
}
