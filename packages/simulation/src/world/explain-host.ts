import { hasOption } from '@netstrata/stream-core';
import { explain, explainListener, type Host } from '@netstrata/transport-memory';

type End = { readonly path: string } | { readonly address?: string | undefined; readonly port: number } | null;

/** What is open on a host and what it waits for, a line each. `nameOf` has better names for addresses. */
export function explainHost(host: Host, nameOf: (place: string) => string): string[] {
  const { name, isUp, isPaused } = host;
  if (!isUp) return [`  ${name} has crashed`];
  const { connections, listeners } = host.open;
  const placeOf = (end: End): string => nameOf(placeText(end));
  return [
    ...(isPaused ? [`  ${name} stands still`] : []),
    ...listeners.map((listener) => `  ${name} listens on ${placeOf(listener.where)}: ${explainListener(listener)}`),
    ...connections.map((one) => `  ${name} #${one.id} ${placeOf(one.localEnd)} > ${placeOf(one.remoteEnd) || '?'}: ${explain(one)}`),
  ];
}

function placeText(end: End): string {
  if (end === null) return '';
  if ('path' in end && hasOption(end, 'path')) return end.path;
  const { address, port } = end as Exclude<End, { readonly path: string } | null>;
  return address?.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
