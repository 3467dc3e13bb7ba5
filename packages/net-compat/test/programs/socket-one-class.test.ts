import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a module in a process of its own, where the package is the one that was built. */
function run(code: string): unknown {
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' }));
}

it('there is one Socket, whether it was imported or required', () => {
  const found = run(`
    import { createRequire } from 'node:module';
    import nodeNet from 'node:net';
    import * as imported from '@netstrata/net-compat';
    import * as core from '@netstrata/net-compat/core';
    const required = createRequire(process.cwd() + '/x.js')('@netstrata/net-compat');
    const socket = new imported.Socket();
    console.log(JSON.stringify([
      imported.Socket === required.Socket, imported.Server === required.Server, imported.default.Socket === required.default.Socket,
      core.Socket === required.Socket, socket instanceof required.Socket, socket instanceof nodeNet.Socket,
      required.createServer() instanceof imported.Server, core.createNet({}).Socket.prototype instanceof required.Socket,
    ]));
  `);
  expect(found).toEqual([true, true, true, true, true, true, true, true]);
});
