import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freshPath } from '@netstrata/config/fresh-path';
import { expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('fixtures/descriptor.mjs', import.meta.url));

for (const [kind, at] of [['port', { port: 0, host: '127.0.0.1' }], ['path', { path: freshPath() }]] as const) {
  it(`a process listens on a descriptor that it was started with: a ${kind}`, async () => {
    const holder = createServer().listen(at);
    await once(holder, 'listening');
    const to = 'path' in at ? at : { ...at, port: (holder.address() as AddressInfo).port };
    const { fd } = (holder as unknown as { _handle: { fd: number } })._handle;
    const child = spawn(process.execPath, [fixture], { stdio: ['ignore', 'ignore', 'inherit', fd] });
    // It is there from here on, and nobody accepts on it until the process does.
    const socket = connect(to).setEncoding('utf8');
    holder.close();
    const exited = once(child, 'exit');
    expect((await once(socket, 'data'))[0]).toBe('here');
    expect(await exited).toEqual([0, null]);
  });
}
