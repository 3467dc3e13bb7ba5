import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { folders, manifests, sources } from '../../layers.mjs';

const consumers = inject('consumers');

/** What only some versions of Node have is a member of the required object and of the default export, but not a named export. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = { '@netstrata/net-compat': ['_setSimultaneousAccepts'].filter((name) => name in net) };

/** Loads an entry both ways, in a separate process. Prints what they do not share, except names that interop adds on one side. */
const program = (entry: string, first: string) => `
  import { createRequire } from 'node:module';
  const require = createRequire(process.cwd() + '/x.js');
  const ways = { import: () => import('${entry}'), require: async () => require('${entry}') };
  const loaded = { ['${first}']: await ways['${first}']() };
  for (const way in ways) loaded[way] ??= await ways[way]();
  const names = new Set([...Object.keys(loaded.import), ...Object.keys(loaded.require)]);
  for (const name of ['default', '__esModule', 'module.exports']) names.delete(name);
  const has = (way, name) => Object.keys(loaded[way]).includes(name);
  const differ = [...names].filter((name) => !has('import', name) || !has('require', name) || loaded.import[name] !== loaded.require[name]);
  console.log(JSON.stringify({ names: names.size, differ }));`;

/** With NETSTRATA_QUICK=1, the way that fills the cache of the other one. */
const WAYS = process.env.NETSTRATA_QUICK === '1' ? ['require'] : ['import', 'require'];

describe.each(Object.keys(sources))('%s', (entry) => {
  const cwd = join(consumers, entry.split('/')[1]);

  it.each(WAYS)('loads by %s, and the other way gives the same objects under the same names', async (first) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program(entry, first)], { cwd, env: { ...process.env, NODE_OPTIONS: '' } });
    // The last line: modules may print something when they are loaded.
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toEqual({ names: expect.any(Number) as number, differ: MEMBERS[entry] ?? [] });
  });
});

/** Files of ours that a process has loaded, without their folders up to the scope. */
const loading = (how: string) => `
  ${how}
  const files = Object.keys(require.cache).flatMap((file) => file.split(/[/\\\\]@netstrata[/\\\\]/).slice(1)).map((file) => file.replaceAll('\\\\', '/'));
  console.log(JSON.stringify(files.sort()));`;

const ipUtils = (...entries: readonly string[]): string[] => ['ip-utils/dist/index.cjs', ...entries.map((name) => `ip-utils/dist/${name}.cjs`)].sort();
/** Policies are compiled where they are written: `publicOnly` at once. */
const forPolicies = ['address/index', 'cidr/index', 'classify/index', 'policy/index', 'deferred/errors', 'deferred/text'];

it.each([
  ["require('@netstrata/net-compat');", ['net-compat/dist/core.cjs', 'net-compat/dist/index.cjs', 'stream-core/dist/index.cjs']],
  ["require('@netstrata/net-compat').isIP('::1');", ['ip-utils/dist/index.cjs', 'net-compat/dist/core.cjs', 'net-compat/dist/index.cjs', 'stream-core/dist/index.cjs']],
  ["require('@netstrata/ip-utils');", ['ip-utils/dist/index.cjs']],
  ["require('@netstrata/stream-core');", ['stream-core/dist/index.cjs']],
  ["require('@netstrata/net-compat/promises');", ['net-compat/dist/core-promises.cjs', 'net-compat/dist/core.cjs', 'net-compat/dist/deferred/net-promises.cjs', 'net-compat/dist/index.cjs', 'net-compat/dist/promises.cjs', 'stream-core/dist/index.cjs']],
  ["require('@netstrata/net-compat/core-promises');", ['net-compat/dist/core-promises.cjs', 'net-compat/dist/core.cjs', 'stream-core/dist/index.cjs']],
  ["require('@netstrata/net-compat/register');", ['handles/dist/index.cjs', 'ip-utils/dist/index.cjs', 'net-compat/dist/core.cjs', 'net-compat/dist/index.cjs', 'net-compat/dist/register.cjs', 'stream-core/dist/index.cjs', 'transport/dist/index.cjs']],
  ["require('@netstrata/stream-core/reader');", ['stream-core/dist/index.cjs', 'stream-core/dist/reader/index.cjs']],
  ["require('@netstrata/ip-utils/address');", ipUtils('address/index')],
  ["require('@netstrata/ip-utils/cidr');", ipUtils('address/index', 'cidr/index')],
  ["require('@netstrata/ip-utils/prefix-map');", ipUtils('address/index', 'cidr/index', 'prefix-map/index')],
  ["require('@netstrata/ip-utils/policy');", ipUtils(...forPolicies)],
  ["require('@netstrata/ip-utils/client-address');", ipUtils(...forPolicies, 'client-address/index')],
])('%s loads these files and no others', async (how, files) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', loading(how)], { cwd: join(consumers, 'net-compat'), env: { ...process.env, NODE_OPTIONS: '' } });
  expect(JSON.parse(stdout)).toEqual(files);
});

const registered = ['handles/dist/index.cjs', 'ip-utils/dist/index.cjs', 'net-compat/dist/core.cjs', 'net-compat/dist/index.cjs', 'net-compat/dist/register.cjs', 'stream-core/dist/index.cjs', 'transport/dist/index.cjs'];
const told = ['net-compat/dist/deferred/errors.cjs', 'net-compat/dist/deferred/outbound.cjs'];
const dialsOtherwise = ['net-compat/dist/deferred/routes.cjs', 'transport-ipc/dist/index.cjs', 'transport-tcp/dist/index.cjs', 'transport/dist/layers/index.cjs'];
const hosts = ['transport/dist/hosts/index.cjs', ...['address', 'cidr', 'classify'].map((name) => `ip-utils/dist/${name}/index.cjs`)];

it.each([
  ['NETSTRATA_EGRESS', 'global', [...told, ...dialsOtherwise, 'transport-guard/dist/index.cjs', 'transport/dist/hosts/index.cjs', ...forPolicies.map((name) => `ip-utils/dist/${name}.cjs`)]],
  ['NETSTRATA_PROXY', 'socks5://127.0.0.1:1080', [...told, ...dialsOtherwise, ...hosts, 'transport-socks/dist/index.cjs', 'stream-core/dist/reader/index.cjs']],
  // Where no other variable names a proxy.
  ['NETSTRATA_PROXY', 'env', told],
])('register with %s=%s loads these files besides and no others', async (variable, value, files) => {
  const env = { ...process.env, NODE_OPTIONS: '', ALL_PROXY: '', all_proxy: '', HTTPS_PROXY: '', https_proxy: '', [variable]: value };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', loading("require('@netstrata/net-compat/register');")], { cwd: join(consumers, 'net-compat'), env });
  expect(JSON.parse(stdout)).toEqual([...registered, ...files].sort());
});

it.each([
  ['gateway', '.', ['ws']],
  ['gateway', './tunnel', ['ws']],
  ['gateway', './tokens', ['jose']],
  ['stream-core', '.', []],
])('of packages from outside, %s loads these by the entry %s', async (folder, entry, packages) => {
  const program = `
    require('@netstrata/${folder}${entry.slice(1)}');
    const names = Object.keys(require.cache).flatMap((file) => /.*[/\\\\]node_modules[/\\\\]((?:@[\\w-]+[/\\\\])?[\\w-]+)/.exec(file)?.[1] ?? []);
    console.log(JSON.stringify([...new Set(names)].filter((name) => !name.startsWith('@netstrata'))));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: join(consumers, folder), env: { ...process.env, NODE_OPTIONS: '' } });
  expect(JSON.parse(stdout)).toEqual(packages);
});

it('a Node that may load no native addons gets what is for Node, not what is for browsers', async () => {
  const program = `
    import { createRequire } from 'node:module';
    const name = '@netstrata/transport-websocket';
    console.log(import.meta.resolve(name).slice(-8), createRequire(process.cwd() + '/x.js').resolve(name).slice(-8));`;
  const args = ['--no-addons', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: join(consumers, 'transport-websocket'), env: { ...process.env, NODE_OPTIONS: '' } });
  expect(stdout.trim()).toBe('index.js index.js');
});

it('every package brings along what its manifest says, and ip-utils nothing', () => {
  const installed = (folder: string) => Object.keys((JSON.parse(readFileSync(join(consumers, folder, 'node_modules/.package-lock.json'), 'utf8')) as { packages: object }).packages);
  expect(installed('ip-utils')).toEqual(['node_modules/@netstrata/ip-utils']);
  for (const folder of folders) {
    const named = Object.keys(manifests[folder].dependencies ?? {}).map((name) => `node_modules/${name}`);
    expect(installed(folder)).toEqual(expect.arrayContaining(named));
  }
});
