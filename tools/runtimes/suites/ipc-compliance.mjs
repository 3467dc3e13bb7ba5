import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDriver } from '@netstrata/handles';
import { ipc } from '@netstrata/transport-ipc';
import { compliance } from '@netstrata/transport/compliance';
import { runner } from './runner.mjs';

let count = 0;

/** A new name for every listener: a named pipe on Windows, a UNIX socket elsewhere. */
function listenEndpoint() {
  const name = `netstrata-${process.pid}-${(count += 1)}`;
  return { path: process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`) };
}

compliance(runner, { transport: ipc, listenEndpoint, exactChunks: getDriver().name !== 'host' });
