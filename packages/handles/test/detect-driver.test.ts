import { describe, expect, it } from 'vitest';
import { run } from './support/run.js';

const major = Number.parseInt(process.versions.node, 10);
const tested = [20, 22, 24, 26].includes(major);
const native = tested ? 'libuv true' : 'host true';

describe('the driver of a process', () => {
  it('is libuv where Node gives its handles away, without a warning', async () => {
    expect(await run('which-driver', [])).toBe(native);
  });

  for (const change of ['no binding', 'binding throws', 'binding is empty', 'binding is older', 'unknown major', 'another runtime']) {
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

  it('refuses any other value', async () => {
    expect(await run('which-driver', [], { NETSTRATA_DRIVER: 'uv' })).toBe("Error: NETSTRATA_DRIVER is 'uv': it can be 'libuv' or 'host'");
  });
});
