import { descriptorOf, environment } from '@netstrata/stream-core';
import { createConnection } from '../api/default-net.js';
import { getDefaultNet } from '../api/net.js';
import { configure, unconfigure } from '../outbound/configure.js';
import { toldByEnvironment } from '../outbound/environment.js';
import type { RegisterOptions } from '../outbound/told.js';
import { promisesOf } from '../promises/net-promises.js';
import { builtinNet, loadBuiltin, originalKey } from '../runtime/runtime.js';
import { Socket } from '../socket/socket.js';
import { defaultContext } from '../shared/context.js';
import { nodesClasses } from '../shared/nodes-classes.js';
import { adoptOthers, giveAsyncIds, loadedOthers, releaseOthers } from './builtin-classes.js';
import { Changes } from './changes.js';
import { sendBeforeEndings } from './endings.js';
import { claimTls, welcomeForeign } from './foreign.js';
import { keepStdio } from './stdio.js';
import { dialForTls } from './tls-sockets.js';
import { findWrapped, keepWrapped, refuseBuiltin } from './wrapped.js';

/** What Node's other modules give and take by identity: dgram's block lists, handles for a cluster, what a thread is sent. */
const KEPT = new Set(['BlockList', 'SocketAddress', '_createServerHandle', '_setSimultaneousAccepts', '_TransferredBoundSocket']);

let changes: Changes | null = null;

/** What that needs has been loaded. */
let isConfigured = false;

const VARIABLES = { egress: 'NETSTRATA_EGRESS', route: 'NETSTRATA_PROXY' };

/** Where the copy of this package that has registered takes what others are told. */
const configureKey = Symbol.for('netstrata.configure');

type Configure = (options: RegisterOptions) => void;

/** What stands in the place of the builtin, of this copy or another. */
function standing(): { readonly [configureKey]?: Configure } | null {
  const Standing = (loadBuiltin('net') as { Socket?: object } | undefined)?.Socket;
  return Standing !== undefined && originalKey in Standing ? (Standing as { readonly [configureKey]?: Configure }) : null;
}

/** What loading the entry does: whoever comes second changes nothing of what was set since. */
export function begin(): void {
  const isTold = environment('NETSTRATA_EGRESS') !== undefined || environment('NETSTRATA_PROXY') !== undefined;
  const there = standing();
  if (there !== null) {
    if (isTold && there[configureKey] === undefined) throw tooOld();
    return;
  }
  install(isTold ? () => { configure(toldByEnvironment(), VARIABLES); } : null);
}

/**
 * Puts this net in the place of the builtin, for the whole process: for `import`, `require`, and Node's own modules. If it is there
 * already, it only does what the options say.
 *
 * `egress` says where the process may connect to, `route` by which way. Both hold for all that the default net dials from then on, TLS and
 * `fetch` included, and not for what a program listens on. Dials that are denied fail with `ERR_ADDRESS_DENIED`.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: a rule that is none, a proxy that is no URL; nothing has changed then
 * @example
 * ```js
 * import net from 'node:net';
 * import { Socket } from '@netstrata/net-compat';
 * import { register, unregister } from '@netstrata/net-compat/register';
 *
 * register();
 * console.log(net.Socket === Socket); // prints true
 * unregister();
 * console.log(net.Socket === Socket); // prints false
 * ```
 */
export function register(options: RegisterOptions = {}): void {
  const isTold = typeof options !== 'object' || (options as unknown) === null || Object.keys(options).length > 0;
  const there = standing();
  if (there === null) install(isTold ? () => { configure(options); } : null);
  else if (isTold && there[configureKey] === undefined) {
    throw tooOld();
  } else if (isTold) there[configureKey]!(options);
}

function tooOld(): Error {
  return new Error('An older copy of @netstrata/net-compat has registered, which knows no egress and no route');
}

function install(prepare: (() => void) | null): void {
  const exports = loadBuiltin('net') as Record<string, unknown> | undefined;
  if (exports === undefined || builtinNet === undefined) {
    throw new Error('@netstrata/net-compat/register needs a runtime with a net of its own');
  }
  prepare?.();
  isConfigured = prepare !== null;
  // It takes its parent when it is loaded: its sockets stay the builtin's.
  loadBuiltin('tty');
  const others = loadedOthers();
  const socket = descriptorOf(exports, 'Socket')!;
  const wrapped = findWrapped(builtinNet);
  changes = new Changes();
  try {
    changes.define(Socket, originalKey, { value: builtinNet, configurable: true });
    changes.define(Socket, configureKey, { value: told, configurable: true });
    welcomeForeign(changes, builtinNet);
    adoptOthers(changes, others, builtinNet);
    const dial = dialForTls(changes, exports, builtinNet);
    if (others.tls === null) claimTls(builtinNet, dial);
    else dial(others.tls.TLSSocket);
    giveAsyncIds(changes, builtinNet);
    keepWrapped(changes, wrapped);
    keepStdio(changes, exports, socket);
    sendBeforeEndings(changes);
    if (defaultContext.isConfined) refuseBuiltin(changes, builtinNet);
    const members = getDefaultNet() as unknown as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      if (name in exports && !KEPT.has(name)) changes.replace(exports, name, { value: members[name] });
    }
    // Node's main branch has it, and makes it when it is read. `node:net/promises` calls what stands in `node:net`.
    if ('promises' in exports) changes.replace(exports, 'promises', { get: () => promisesOf(getDefaultNet(createConnection)) });
  } catch (error) {
    unregister();
    throw error;
  }
  syncImports();
}

function told(options: RegisterOptions): void {
  configure(options);
  isConfigured = true;
  if (defaultContext.isConfined && changes !== null) refuseBuiltin(changes, builtinNet!);
}

/**
 * Restores the builtin, except what others have replaced since, and takes egress and route away. Sockets and servers made meanwhile stay,
 * so close servers first. Does nothing when the builtin is there already.
 */
export function unregister(): void {
  const made = changes;
  changes = null;
  if (isConfigured) unconfigure();
  isConfigured = false;
  nodesClasses.claim = null;
  try {
    made?.undo();
    if (made !== null) releaseOthers(builtinNet!);
  } finally {
    syncImports();
  }
}

/** Names that were imported from `node:net` follow. */
function syncImports(): void {
  (loadBuiltin('module') as { syncBuiltinESMExports?(): void } | undefined)?.syncBuiltinESMExports?.();
}
