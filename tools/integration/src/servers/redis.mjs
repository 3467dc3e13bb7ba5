import { join } from 'node:path';
import { freePort, startDaemon } from './daemon.mjs';

export async function startRedis({ file, env }, folder) {
  const port = await freePort();
  const path = join(folder, 'socket');
  const settings = { port, bind: '127.0.0.1', unixsocket: path, save: '', appendonly: 'no', dir: folder, requirepass: 'secret' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const stop = await startDaemon({ file, env, args, cwd: folder }, 'eady to accept connections');
  return { stop, where: { host: '127.0.0.1', port, path, password: 'secret' } };
}
