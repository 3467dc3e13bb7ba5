import { asText, bare, optionsOf } from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import { normalizeArgs } from '../args/normalize-args.js';

type Method = (this: object, ...args: unknown[]) => unknown;
type Answer = (error: Error) => void;

/** Its number, as of all that is denied. */
const EACCES = -13;

/**
 * In place of a dial by the builtin, which no policy and no route of ours would see: it fails, as the builtin has dials fail whose name
 * cannot be looked up. That is the same for new sockets, for those that were destroyed, and for TLS.
 */
export function refusePastUs(socket: object, args: unknown[], connect: Method): unknown {
  const [options, callback] = normalizeArgs(args);
  const { host, port, path } = optionsOf(options, ['host', 'port', 'path']);
  // It says what is missing.
  if (port === undefined && path == null) return connect.apply(socket, args);
  const place = path ? { address: asText(path) } : { address: asText(host || 'localhost'), port: Number(port) || 0 };
  const text = 'the builtin would dial, past egress and route:';
  const error = systemError({ code: 'ERR_ADDRESS_DENIED', errno: EACCES, syscall: 'connect', text, ...place });
  const lookup = (_host: string, _options: object, answer: Answer): void => {
    queueMicrotask(() => { answer(Object.assign(error, { rule: null })); });
  };
  return connect.call(socket, bare({ host: 'refused.invalid', port: 0, autoSelectFamily: false, lookup }), callback);
}
