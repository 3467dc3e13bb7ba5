import { afterAll, describe, expect, it } from 'vitest';
import { createNet } from '@netstrata/net-compat/core';
import { socks } from '@netstrata/transport-socks';
import { tcp } from '@netstrata/transport-tcp';
import { once } from 'node:events';
import net from 'node:net';
import { throughProxy } from '../../src/socks-behaviour.mjs';
import { startDante, startMicrosocks, startSsh } from '../../src/socks-proxies.mjs';
import { target, textOf } from '../../src/targets.mjs';

const credentials = { user: 'somebody', password: 'p@ss' };
const [microsocks, locked, dante, ssh] = await Promise.all([startMicrosocks(), startMicrosocks(credentials), startDante(), startSsh()]);
afterAll(async () => {
  for (const one of [microsocks, locked, dante, ssh]) await one.stop?.();
});

/** Where a program cannot be had or started, the title says why. */
function through(name, proxy, tests) {
  const isThere = typeof proxy !== 'string';
  describe.skipIf(!isThere)(isThere ? `through ${name}` : `through ${name}, which is not there: ${proxy}`, () => tests(proxy));
}

through('microsocks', microsocks, ({ url }) => {
  throughProxy(() => url, { bound: false, halfClose: [false, false], resets: false, refusals: ['ECONNREFUSED', 'ECONNABORTED'] });
});

through('dante', dante, ({ url }) => {
  throughProxy(() => url, { bound: true, halfClose: [true, true], resets: false, refusals: ['ECONNREFUSED', 'ENOTFOUND'] });
});

through('ssh -D', ssh, ({ url }) => {
  // It answers nothing, but leaves.
  throughProxy(() => url, { bound: false, halfClose: [true, true], resets: false, refusals: ['ECONNRESET', 'ECONNRESET'] });
});

through('microsocks with credentials', locked, ({ url }) => {
  it('those of the URL are asked for, and others refused', async () => {
    const far = await target((socket) => socket.end('hello'));
    const as = (who) => createNet({ tcp: socks(url.replace('//', `//${who}`), { over: tcp }) }).connect(far.port, '127.0.0.1');
    expect(await textOf(as('somebody:p%40ss@'))).toBe('hello');
    for (const who of ['', 'somebody:wrong@', 'nobody:p%40ss@']) {
      expect((await once(as(who), 'error'))[0]).toMatchObject({ code: 'EACCES', syscall: 'connect' });
    }
    far.close();
  });
});

through('dante, which listens', dante, ({ url }) => {
  it('by BIND', async () => {
    const server = createNet({ tcp: socks(url, { over: tcp }) }).createServer((socket) => socket.end('hello'));
    server.on('error', () => {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
    expect(await textOf(net.connect(server.address().port, '127.0.0.1'))).toBe('hello');
    server.close();
  });
});
