import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ownFile, ownFolder, startDaemon } from '@netstrata/integration/src/servers/daemon.mjs';

/** A folder of the proxy's own, and how to stop it. */
async function inFolder(name, start) {
  const root = mkdtempSync(join(tmpdir(), `netstrata-${name}-`));
  // The program may run as another user, who has to get there.
  const folder = ownFolder(join(root, 'own'));
  chmodSync(root, 0o755);
  try {
    const stop = await start(folder);
    return async () => {
      await stop();
      rmSync(root, { recursive: true, force: true });
    };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

const settled = (folder, name, text) => {
  const path = join(folder, `${name}.source`);
  writeFileSync(path, text);
  return ownFile(path, join(folder, name));
};

/**
 * Starts HAProxy.
 * @param {{ file: string, env: Record<string, string> }} program
 * @param {string} sections of its configuration, behind `defaults`; `$FOLDER` is its folder
 * @param {Record<string, string>} [files] that it can read there, by name
 * @returns {Promise<() => Promise<void>>} stops it
 */
export function startHaproxy({ file, env }, sections, files = {}) {
  return inFolder('haproxy', (folder) => {
    for (const [name, text] of Object.entries(files)) settled(folder, name, text);
    const lines = [
      'defaults', '  mode tcp', '  timeout connect 10s', '  timeout client 60s', '  timeout server 60s', sections.replaceAll('$FOLDER', folder), '',
    ];
    const config = settled(folder, 'haproxy.cfg', lines.join('\n'));
    return startDaemon({ file, env, args: ['-W', '-db', '-f', config], cwd: folder }, 'Loading success');
  });
}

/**
 * Starts nginx.
 * @param {{ file: string, env: Record<string, string> }} program
 * @param {{ http?: string, stream?: string }} blocks of its configuration
 * @returns {Promise<() => Promise<void>>} stops it
 */
export function startNginx({ file, env }, { http, stream }) {
  return inFolder('nginx', (folder) => {
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
    const lines = [
      ...(stream === undefined ? [] : [`load_module ${streamModuleOf(file)};`]),
      'daemon off;', `pid ${folder}/pid;`, 'error_log stderr notice;', 'events {}',
      ...(http === undefined ? [] : ['http {', 'access_log off;', ...paths, http, '}']),
      ...(stream === undefined ? [] : ['stream {', stream, '}']),
      '',
    ];
    const config = settled(folder, 'nginx.conf', lines.join('\n'));
    return startDaemon({ file, env, args: ['-p', folder, '-c', config, '-e', 'stderr'], cwd: folder }, 'start worker process');
  });
}

const streamModuleOf = (file) => join(dirname(file), '../lib/nginx/modules/ngx_stream_module.so');

/** Whether a program of nginx has the module for streams. */
export const hasStreams = ({ file }) => existsSync(streamModuleOf(file));
