import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';

/** Where the developer, the repo and the machine publish: whatever comes here is a fault. */
const REAL = 'http://127.0.0.1:9/';

vi.hoisted(() => Object.assign(process.env, { 'npm_config_@netstrata:registry': 'http://127.0.0.1:9/', NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9/', GIT_DIR: '/nowhere', NODE_AUTH_TOKEN: 'secret' }));

const { onlyThere } = await import('../src/rehearsal/registry.js');
const { Workspace } = await import('../src/rehearsal/workspace.js');
const { root } = await import('../src/root.js');

/** A registry that has nothing and takes everything. */
async function registry(asked: string[]) {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.writeHead(request.method === 'PUT' ? 201 : 404, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.close(); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const FILES = {
  '.npmrc': `@netstrata:registry=${REAL}\nregistry=${REAL}\n//127.0.0.1:9/:_authToken=secret\n`,
  'packages/one/.npmrc': `@netstrata:registry=${REAL}\n`,
  'packages/one/package.json': '{ "name": "@netstrata/one", "version": "0.1.0", "publishConfig": { "access": "public" } }',
  'package.json': '{ "private": true, "packageManager": "pnpm@10.34.8" }',
  'pnpm-workspace.yaml': 'packages: [packages/*]\n',
  'pnpm-lock.yaml': '',
  '.changeset/config.json': '{ "changelog": false, "access": "public", "baseBranch": "main" }',
  '.gitignore': 'node_modules\n',
};

it('a rehearsal publishes to its own registry, whatever settings the repo, its packages and the environment have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-only-there-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  const asked: string[] = [];
  const url = await registry(asked);
  const repo = join(folder, 'repo');
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(repo, file)), { recursive: true });
    writeFileSync(join(repo, file), text);
  }
  symlinkSync(join(root, 'node_modules'), join(repo, 'node_modules'));
  const workspace = new Workspace(repo, { url, ...onlyThere(url, folder), close: () => Promise.resolve() });
  await workspace.init();
  workspace.isolate(Object.keys(FILES));
  expect(await workspace.publish()).toEqual(['@netstrata/one@0.1.0']);
  expect(asked).toContain('PUT /@netstrata%2fone');
});
