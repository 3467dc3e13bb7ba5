import type { Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { freshPath } from '@netstrata/config/fresh-path';

/** What a scenario runs over. */
export type Medium = 'tcp4' | 'tcp6' | 'ipc';

export type Target = { port: number; host: string } | { path: string };

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

/** The mediums that this machine has. */
export const MEDIA: readonly Medium[] = hasIPv6 ? ['tcp4', 'tcp6', 'ipc'] : ['tcp4', 'ipc'];

/** Where to listen so that `target` can be dialled. */
export function freshEndpoint(medium: Medium): Target {
  if (medium === 'ipc') return { path: freshPath() };
  return { port: 0, host: medium === 'tcp4' ? '127.0.0.1' : '::1' };
}

export function targetOf(server: Server): Target {
  const address = server.address();
  if (address === null) throw new Error('The server does not listen');
  return typeof address === 'string' ? { path: address } : { port: address.port, host: address.address };
}
