import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { counted } from '../../src/counted.mjs';
import { openProxies } from '../../src/proxies.mjs';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'netstrata-npm-'));
/** As it is built: tests resolve to sources. */
const register = new URL('../../node_modules/@netstrata/net-compat/dist/register.mjs', import.meta.url).href;
let registry;
let proxies;

/** A registry with one package. */
async function openRegistry() {
  const place = join(folder, 'source');
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'through-a-proxy', version: '1.0.0' }));
  writeFileSync(join(place, 'index.js'), 'module.exports = "arrived";\n');
  await run('npm', ['pack', '--pack-destination', folder], { cwd: place });
  const tarball = readFileSync(join(folder, 'through-a-proxy-1.0.0.tgz'));
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = http.createServer((request, response) => {
    if (request.url.endsWith('.tgz')) return response.end(tarball);
    const dist = { tarball: `http://${request.headers.host}/through-a-proxy-1.0.0.tgz`, integrity };
    const version = { name: 'through-a-proxy', version: '1.0.0', dist };
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ name: 'through-a-proxy', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

beforeAll(async () => {
  [registry, proxies] = await Promise.all([openRegistry(), openProxies()]);
});

afterAll(async () => {
  registry?.close();
  await proxies?.close();
  rmSync(folder, { recursive: true });
});

it.for(['socks5', 'http'])('npm install through %s', async (kind, { skip }) => {
  const proxy = proxies.started[kind];
  if (typeof proxy === 'string') return skip(proxy);
  const before = await counted(proxy.port);
  const project = join(folder, kind);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{}');
  const settings = [`--registry=http://localhost:${registry.address().port}/`, `--cache=${join(folder, `cache-${kind}`)}`, '--no-audit', '--no-fund', '--no-update-notifier'];
  const env = { ...process.env, NODE_OPTIONS: `--import ${register}`, NETSTRATA_PROXY: `${kind}://127.0.0.1:${before.port}` };
  await run('npm', ['install', 'through-a-proxy', ...settings], { cwd: project, env });
  await before.close();
  expect(readFileSync(join(project, 'node_modules/through-a-proxy/index.js'), 'utf8')).toContain('arrived');
  expect(before.count()).toBeGreaterThan(0);
});
