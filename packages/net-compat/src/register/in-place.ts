import { descriptorOf } from '@netstrata/stream-core';
import { createConnection } from '../api/default-net.js';
import { getDefaultNet } from '../api/net.js';
import { promisesOf } from '../promises/net-promises.js';
import { builtinNet, loadBuiltin, originalKey } from '../runtime/runtime.js';
import { Socket } from '../socket/socket.js';
import { nodesClasses } from '../shared/nodes-classes.js';
import { adoptOthers, giveAsyncIds, loadedOthers, releaseOthers } from './builtin-classes.js';
import { Changes } from './changes.js';
import { sendBeforeEndings } from './endings.js';
import { claimTls, welcomeForeign } from './foreign.js';
import { keepStdio } from './stdio.js';
import { dialForTls } from './tls-sockets.js';
import { findWrapped, keepWrapped } from './wrapped.js';

/** What Node's other modules give and take by identity: dgram's block lists, handles for a cluster, what a thread is sent. */
const KEPT = new Set(['BlockList', 'SocketAddress', '_createServerHandle', '_setSimultaneousAccepts', '_TransferredBoundSocket']);

let changes: Changes | null = null;

/**
 * Puts this net in the place of the builtin, for the whole process: for `import`, `require`, and Node's own modules. Does nothing when it
 * is there already.
 */
export function register(): void {
  const exports = loadBuiltin('net') as Record<string, unknown> | undefined;
  if (exports === undefined || builtinNet === undefined) {
    throw new Error('@netstrata/net-compat/register needs a runtime with a net of its own');
  }
  // Also by another copy of this package.
  if (originalKey in (exports['Socket'] as object)) return;
  // It takes its parent when it is loaded: its sockets stay the builtin's.
  loadBuiltin('tty');
  const others = loadedOthers();
  const socket = descriptorOf(exports, 'Socket')!;
  const wrapped = findWrapped(builtinNet);
  changes = new Changes();
  try {
    changes.define(Socket, originalKey, { value: builtinNet, configurable: true });
    welcomeForeign(changes, builtinNet);
    adoptOthers(changes, others, builtinNet);
    const dial = dialForTls(changes, exports, builtinNet);
    if (others.tls === null) claimTls(builtinNet, dial);
    else dial(others.tls.TLSSocket);
    giveAsyncIds(changes, builtinNet);
    keepWrapped(changes, wrapped);
    keepStdio(changes, exports, socket);
    sendBeforeEndings(changes);
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

/**
 * Restores the builtin, except what others have replaced since. Sockets and servers made meanwhile stay, so close servers first.
 * Does nothing when the builtin is there already.
 */
export function unregister(): void {
  const made = changes;
  changes = null;
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
