import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { root } from '../root.js';
import { must, settings } from './run.js';

/** The workspace with the registry and the package managers, which the rehearsal alone installs. */
const programs = join(root, 'tools/release/programs');

/** The file of one of its programs. */
export const programFile = (path: string): string => join(programs, 'node_modules', path);

/** As its lockfile says. */
export async function installPrograms(): Promise<void> {
  await must(join(root, 'node_modules/.bin/pnpm'), ['--dir', programs, 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: root, env: { ...settings, CI: 'true' } });
}

export interface Registry {
  readonly url: string;
  /** For package managers: it is the only registry, and none of whoever runs this has a say. With a token for it. */
  readonly npmrc: string;
  /** Variables by which they read that, and no other file of the user or of the machine. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Ours are here or nowhere; all else comes from the registry that npm is configured with. */
const configOf = (folder: string, uplink: string) => ({
  storage: join(folder, 'storage'),
  auth: { htpasswd: { file: join(folder, 'htpasswd') } },
  uplinks: { configured: { url: uplink, timeout: '60s', maxage: '60m' } },
  packages: {
    '@netstrata/*': { access: '$all', publish: '$all' },
    '**': { access: '$all', publish: '$authenticated', proxy: 'configured' },
  },
  log: { type: 'file', path: join(folder, 'log'), level: 'warn' },
  max_body_size: '100mb',
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string, ended: () => boolean): Promise<void> {
  for (;;) {
    const isUp = await fetch(`${url}/-/ping`).then(({ ok }) => ok, () => false);
    if (isUp) return;
    if (ended()) throw new Error('the registry has ended before it answered');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts a registry with nothing in it. */
export async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const uplink = (await must('npm', ['config', 'get', 'registry'], { cwd: folder, env: settings })).split('\n').at(-1)!;
  const config = join(folder, 'config.yaml');
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(configOf(folder, uplink), null, 2));
  const port = await freePort();
  const child = execa(process.execPath, [programFile('verdaccio/bin/verdaccio'), '--config', config, '--listen', `127.0.0.1:${port}`], { cwd: folder, stdio: 'ignore', reject: false });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, () => child.exitCode !== null && child.exitCode !== undefined);
  return { url, ...onlyThere(url, folder), close: async () => { child.kill('SIGTERM'); await child; } };
}

/** Settings in which there is one registry. */
export function onlyThere(url: string, folder: string): Pick<Registry, 'npmrc' | 'env'> {
  const file = join(folder, 'npmrc');
  // npm asks for some token before it sends anything; this registry takes any.
  const npmrc = `registry=${url}/\n@netstrata:registry=${url}/\n${url.replace(/^http:/, '')}/:_authToken=rehearsal\n`;
  writeFileSync(file, npmrc);
  const env = { NPM_CONFIG_USERCONFIG: file, NPM_CONFIG_GLOBALCONFIG: join(folder, 'none'), npm_config_registry: url, 'npm_config_@netstrata:registry': url, NPM_CONFIG_PROVENANCE: 'false' };
  return { npmrc, env };
}
