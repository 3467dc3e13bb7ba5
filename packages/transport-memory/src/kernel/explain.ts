import type { MemoryConnection } from './connection.js';
import type { MemoryListener } from './listener.js';

/** What a connection waits for, in words. */
export function explain(connection: MemoryConnection): string {
  const { outgoing, incoming } = connection;
  if (connection.dialling !== null) return 'waits for an answer to its dial';
  if (outgoing === null || incoming === null) return 'leads nowhere yet';
  if (connection.listenQueue !== null) return 'is half made: the other end has not said that it knows';
  return [...writing(connection), ...reading(connection)].join('; ');
}

function writing({ outgoing, isClosed }: MemoryConnection): string[] {
  const { isPending, waiting, isStuck, isWindowClosed, inbox, to, isOpen } = outgoing!;
  const { name, isPaused } = to.host;
  const what = isPending ? 'a write is pending' : waiting > 0 ? `${waiting} bytes are on their way` : null;
  if (what === null) return isClosed ? ['is closed, and its kernel waits for the peer'] : [];
  if (to.hasCrashed) return [`${what}: ${name} has crashed, and nobody said so`];
  if (isStuck || !isOpen) return [`${what}: nothing gets through to ${name}`];
  if (isWindowClosed) {
    const why = isPaused ? 'stands still' : to.isReading ? 'reads slowly' : 'does not read';
    return [`${what}: ${inbox.length} bytes wait at ${name}, which ${why}`];
  }
  return [what];
}

function reading({ incoming, isReading, isClosed, host }: MemoryConnection): string[] {
  if (isClosed) return [];
  const { from, inbox, endArrived } = incoming!;
  const peer = from.host.name;
  const bytes = `${inbox.length} bytes`;
  const hasCome = inbox.length > 0 || endArrived;
  if (!isReading) return [hasCome ? `does not read, though ${bytes}${endArrived ? ' and the end' : ''} have come` : 'does not read'];
  if (inbox.length > 0) return [host.isPaused ? `${bytes} wait while ${host.name} stands still` : `is about to read ${bytes}`];
  if (endArrived) return ['has read all, the end too, and is not closed'];
  if (from.hasCrashed) return [`waits for bytes of ${peer}, which has crashed, and nobody said so`];
  if (!incoming!.isOpen) return [`waits for bytes of ${peer}, from where nothing gets through`];
  return [`waits for bytes, of which ${peer} has sent no more`];
}

/** The same for a listener. */
export function explainListener(listener: MemoryListener): string {
  const { waiting, host } = listener;
  return waiting === 0 ? 'waits for connections' : `${waiting} connections wait to be accepted, and ${host.name} stands still`;
}
