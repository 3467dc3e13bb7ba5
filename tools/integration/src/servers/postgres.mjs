import { realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, ownFile, ownFolder, runOnce, startDaemon } from './daemon.mjs';

/** Settings that make it fast and small; it lives for a minute. */
const SETTINGS = { fsync: 'off', jit: 'off', ssl: 'on', max_connections: '50', shared_buffers: '32MB', listen_addresses: '127.0.0.1' };

export async function startPostgres({ file, env }, folder, certificate) {
  const access = { user: 'tester', password: 'secret', database: 'postgres' };
  const data = ownFolder(join(folder, 'data'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${access.password}\n`);
  const initdb = { file: join(dirname(realpathSync(file)), 'initdb'), env, cwd: folder };
  await runOnce({ ...initdb, args: ['-D', data, '-U', access.user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', '--no-locale', '-E', 'UTF8'] });
  ownFile(certificate.cert, join(data, 'server.crt'));
  ownFile(certificate.key, join(data, 'server.key'));
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: folder, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const stop = await startDaemon({ file, env, cwd: folder, args: ['-D', data, ...settings] }, 'ready to accept connections', 'SIGINT');
  return { stop, where: { host: '127.0.0.1', port, folder, ...access } };
}
