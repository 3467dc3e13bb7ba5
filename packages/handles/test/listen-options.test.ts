import { statSync } from 'node:fs';
import { freshPath } from '@netstrata/config/fresh-path';
import type { Endpoint, InetEndpoint } from '@netstrata/transport';
import { describe, expect, it } from 'vitest';
import { dialled, listening, loopback } from './support/heard.js';
import { DRIVERS } from './support/transports.js';

const portOf = (endpoint: Endpoint | null): number => (endpoint as InetEndpoint).port;
const [, minor = 0] = process.versions.uv.split('.').map(Number);

for (const [name, driver] of Object.entries(DRIVERS)) {
  describe(`listening, ${name} driver`, () => {
    it('on no address takes both families', async () => {
      const { listener } = await listening(driver, { port: 0 });
      expect(listener.local).toMatchObject({ address: '::', family: 'IPv6' });
      for (const family of ['IPv4', 'IPv6'] as const) expect(await dialled(driver, loopback(portOf(listener.local), family))).toBeNull();
      listener.close();
    });

    it('with ipv6Only takes IPv6 alone', async () => {
      const { listener } = await listening(driver, { address: '::', port: 0, family: 'IPv6' }, { ipv6Only: true });
      expect(await dialled(driver, loopback(portOf(listener.local), 'IPv6'))).toBeNull();
      expect(await dialled(driver, loopback(portOf(listener.local)))).toMatchObject({ code: 'ECONNREFUSED' });
      listener.close();
    });

    it('with reusePort shares the port, where libuv can', async () => {
      const first = await listening(driver, loopback(), { reusePort: true });
      if (minor < 49) {
        expect(first.error).toMatchObject({ code: 'ENOTSUP', syscall: 'listen' });
        return;
      }
      const at = loopback(portOf(first.listener.local));
      const [second, third] = [await listening(driver, at, { reusePort: true }), await listening(driver, at)];
      expect([first.error, second.error, third.error]).toEqual([null, null, expect.objectContaining({ code: 'EADDRINUSE', syscall: 'listen' })]);
      for (const { listener } of [first, second]) listener.close();
    });

    it('at a path lets in whom it is told to', async () => {
      const modes = [];
      const mask = process.umask(0o077);
      for (const options of [{ readableAll: true }, { writableAll: true }, { readableAll: true, writableAll: true }]) {
        const path = freshPath();
        const { listener } = await listening(driver, { path }, options);
        modes.push(statSync(path).mode & 0o066);
        listener.close();
      }
      process.umask(mask);
      expect(modes).toEqual([0o044, 0o022, 0o066]);
    });
  });
}
