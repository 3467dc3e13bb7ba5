import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, ownFile, startDaemon } from '@netstrata/integration/src/servers/daemon.mjs';

/** Starts Mosquitto, a broker for MQTT, without passwords: it listens on 127.0.0.1 alone. */
export async function startMosquitto({ file, env }, folder) {
  const port = await freePort();
  const source = join(folder, 'source.conf');
  writeFileSync(source, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  const config = ownFile(source, join(folder, 'mosquitto.conf'));
  const stop = await startDaemon({ file, env, args: ['-c', config], cwd: folder }, 'running');
  return { stop, where: { host: '127.0.0.1', port } };
}
