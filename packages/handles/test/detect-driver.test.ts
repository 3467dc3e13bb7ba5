import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isTested, TESTED_VERSIONS } from '../src/tested-versions.js';
import { run } from './support/run.js';

const major = Number.parseInt(process.versions.node, 10);
const tested = [20, 22, 24, 26].includes(major);
const native = tested ? 'libuv true' : 'host true';

describe('the driver of a process', () => {
  it('is libuv where Node gives its handles away, without a warning', async () => {
    expect(await run('which-driver', [])).toBe(native);
  });

  for (const change of ['no binding', 'binding throws', 'binding is empty', 'binding is older', 'unknown major', 'another runtime', 'a runtime that claims to be Bun']) {
    it(`is host when there is ${change}`, async () => {
      expect(await run('which-driver', [change])).toBe('host true');
    });
  }

  it('is host under the permission model', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    // Nodes that have no permission for the network refuse nothing there: they ignore what is unknown, or know the flag.
    const network = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : [];
    const printed = await run('which-driver', [], {}, [flag, '--allow-fs-read=*', ...network, '--no-warnings']);
    expect(printed.split('\n').at(-1)).toBe('host true');
  });

  it('is host with --pending-deprecation, and nothing is printed for it', async () => {
    expect(await run('which-driver', [], { NETSTRATA_DRIVER: 'host' }, ['--pending-deprecation'])).toBe('host true');
  });
});

describe('the versions that are tested', () => {
  const manifest = new URL('../../../tools/runtimes/binaries/package.json', import.meta.url);
  const { optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { optionalDependencies: Record<string, string> };
  const installed = (name: string): string => optionalDependencies[name].split('@').at(-1)!;

  it('are those that the matrix installs', () => {
    expect(TESTED_VERSIONS.bun).toEqual([installed('bun').split('.', 2).join('.')]);
    expect(TESTED_VERSIONS.deno).toEqual([installed('deno').split('.', 2).join('.')]);
    const majors = Object.keys(optionalDependencies).filter((name) => /^node-\d/.test(name)).map((name) => name.slice('node-'.length));
    expect(TESTED_VERSIONS.node.slice(1)).toEqual(majors);
  });

  it('are told by the runtime, not by the Node that it claims to be', () => {
    expect(isTested({ node: '24.3.0' })).toBe(true);
    expect(isTested({ node: '2.4.0' })).toBe(false);
    expect(isTested({ node: '24.3.0', bun: installed('bun') })).toBe(true);
    expect(isTested({ node: '24.3.0', bun: '1.40.0' })).toBe(false);
    expect(isTested({ node: '24.3.0', deno: installed('deno') })).toBe(true);
    expect(isTested({ node: '24.3.0', deno: '3.9.6' })).toBe(false);
  });
});

describe('NETSTRATA_DRIVER', () => {
  it('forces host', async () => {
    expect(await run('which-driver', [], { NETSTRATA_DRIVER: 'host' })).toBe('host true');
  });

  it('forces libuv, on an unknown major too', async () => {
    expect(await run('which-driver', ['unknown major'], { NETSTRATA_DRIVER: 'libuv' })).toBe('libuv true');
  });

  it('says so when libuv is not to be had', async () => {
    expect(await run('which-driver', ['no binding'], { NETSTRATA_DRIVER: 'libuv' })).toBe("Error: NETSTRATA_DRIVER=libuv: this runtime does not give its handles away");
  });

  it('says so when bun is not to be had', async () => {
    expect(await run('which-driver', [], { NETSTRATA_DRIVER: 'bun' })).toBe('Error: NETSTRATA_DRIVER=bun: this runtime does not give its handles away');
  });

  it('refuses any other value', async () => {
    expect(await run('which-driver', [], { NETSTRATA_DRIVER: 'uv' })).toBe("Error: NETSTRATA_DRIVER is 'uv': it can be 'libuv', 'bun' or 'host'");
  });
});
