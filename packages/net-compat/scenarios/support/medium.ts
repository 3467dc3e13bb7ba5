import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a scenario runs over. */
export type Medium = 'tcp4' | 'tcp6' | 'ipc';

export type Target = { port: number; host: string } | { path: string };

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

/** The mediums that this machine has. */
export const MEDIA: readonly Medium[] = hasIPv6 ? ['tcp4', 'tcp6', 'ipc'] : ['tcp4', 'ipc'];

let folder: string | undefined;
let count = 0;

/** A path that nobody listens on: a socket file in a folder of this process's own, or the name of a Windows pipe. */
export function freshPath(): string {
  count++;
  if (process.platform === 'win32') return `\\\\.\\pipe\\netstrata-conformance-${process.pid}-${count}`;
  if (folder === undefined) {
    const own = mkdtempSync(join(tmpdir(), 'netstrata-'));
    folder = own;
    process.once('exit', () => {
      rmSync(own, { recursive: true, force: true });
    });
  }
  // All of one length: paths have a limit, and show up in counts of bytes.
  return join(folder, `${String(count).padStart(5, '0')}.sock`);
}

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
