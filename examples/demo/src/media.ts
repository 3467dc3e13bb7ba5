import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fortyLines } from '@netstrata/example-custom-transport';
import net from '@netstrata/net-compat';
import { createNet } from '@netstrata/net-compat/core';
import type { Medium } from './medium.js';

const isWindows = process.platform === 'win32';
let names = 0;
const freshName = () => `netstrata-demo-${process.pid}-${(names += 1)}`;

/** Loopback addresses of IPv6 can be switched off. */
async function noIPv6(): Promise<string | null> {
  const server = net.createServer().listen(0, '::1');
  try {
    await once(server, 'listening');
    return null;
  } catch (error) {
    return `this machine has no ::1 (${(error as Error).message})`;
  } finally {
    server.close();
  }
}

export const media: readonly Medium[] = [
  { title: 'TCP over IPv4', says: '127.0.0.1', net, place: () => ({ port: 0, host: '127.0.0.1' }), megabytes: 64, exclusive: true, halfCloses: true, resets: true },
  { title: 'TCP over IPv6', says: '::1', net, place: () => ({ port: 0, host: '::1' }), megabytes: 64, exclusive: true, halfCloses: true, resets: true, missing: noIPv6 },
  {
    title: isWindows ? 'a named pipe' : 'a UNIX socket',
    says: 'the same net, given a path',
    net,
    place: () => ({ path: isWindows ? `\\\\.\\pipe\\${freshName()}` : join(tmpdir(), `${freshName()}.sock`) }),
    megabytes: 64,
    // Windows refuses the second; wine gives one name to both.
    exclusive: !isWindows,
    // libuv tells the end of a Windows pipe by closing it.
    halfCloses: !isWindows,
    resets: false,
  },
  {
    title: 'a transport of forty lines',
    says: 'examples/custom-transport, no system below it',
    net: createNet({ ipc: fortyLines }),
    place: () => ({ path: freshName() }),
    megabytes: 64,
    exclusive: true,
    halfCloses: true,
    resets: true,
  },
];
