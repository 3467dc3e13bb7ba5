import type { MemoryConnection } from './connection.js';
import type { MemoryListener } from './listener.js';

/** What a connection waits for, in words. */
export function explain(connection: MemoryConnection): string {
  const { outgoing, incoming } = connection;
  if (connection.dialling !== null) return 'waits for an answer to its dial';
  if (outgoing === null || incoming === null) return 'leads nowhere yet';
  if (connection.waitsAt !== null) return 'is half made: the other end has not said that it knows';
  return [...writing(connection), ...reading(connection)].join('; ');
}

function writing({ outgoing, isClosed }: MemoryConnection): string[] {
  const { isPending, waiting, isStuck, isWindowClosed, to, isOpen } = outgoing!;
  const what = isPending ? 'a write is pending' : waiting > 0 ? `${waiting} bytes are on their way` : null;
  if (what === null) return isClosed ? ['is closed, and its kernel waits for the peer'] : [];
  if (to.stack.isDead) return [`${what}: ${to.stack.host.name} has crashed, and nobody said so`];
  if (isStuck || !isOpen) return [`${what}: nothing gets through to ${to.stack.host.name}`];
  if (isWindowClosed) return [`${what}: ${to.inboxLength} bytes wait at ${to.stack.host.name}, which ${to.stack.host.isPaused ? 'stands still' : to.isReading ? 'reads slowly' : 'does not read'}`];
  return [what];
}

function reading({ incoming, isReading, isClosed, stack }: MemoryConnection): string[] {
  if (isClosed) return [];
  const { from, inbox, endArrived } = incoming!;
  if (!isReading) return [inbox.length > 0 || endArrived ? `does not read, though ${inbox.length} bytes${endArrived ? ' and the end' : ''} have come` : 'does not read'];
  if (inbox.length > 0) return [stack.host.isPaused ? `${inbox.length} bytes wait while ${stack.host.name} stands still` : `is about to read ${inbox.length} bytes`];
  if (endArrived) return ['has read all, the end too, and is not closed'];
  if (from.stack.isDead) return [`waits for bytes of ${from.stack.host.name}, which has crashed, and nobody said so`];
  if (!incoming!.isOpen) return [`waits for bytes of ${from.stack.host.name}, from where nothing gets through`];
  return [`waits for bytes, of which ${from.stack.host.name} has sent no more`];
}

/** The same for a listener. */
export function explainListener(listener: MemoryListener): string {
  return listener.waiting === 0 ? 'waits for connections' : `${listener.waiting} connections wait to be accepted, and ${listener.stack.host.name} stands still`;
}
