import { freshPath } from '@netstrata/config/fresh-path';
import { describe, expect, it } from 'vitest';
import { dialled, listening, loopback, pair } from './support/heard.js';
import { DRIVERS } from './support/transports.js';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

for (const [name, driver] of Object.entries(DRIVERS)) {
  describe(`refused, ${name} driver`, () => {
    for (const [what, path] of [['that is too long', `/tmp/${'x'.repeat(300)}`], ['with a NUL in it', '/tmp/x\0y']] as const) {
      it(`a path ${what}`, async () => {
        expect(await dialled(driver, { path })).toMatchObject({ code: 'EINVAL', syscall: 'connect' });
        expect((await listening(driver, { path })).error).toMatchObject({ code: 'EINVAL', syscall: 'listen' });
        expect(() => driver.open('pipe', { local: { path } })).toThrow(code('EINVAL'));
      });
    }

    it('a connection that was opened for the other kind', async () => {
      expect(await dialled(driver, { path: freshPath() }, { from: driver.open('tcp', { local: loopback() }) })).toMatchObject({ code: 'EINVAL', syscall: 'connect' });
      expect(await dialled(driver, loopback(1), { from: driver.open('pipe', { local: { path: freshPath() } }) })).toMatchObject({ code: 'EINVAL', syscall: 'connect' });
    });

    it('a handle that is closed, or about to be', async () => {
      const { near, far } = await pair(driver, loopback());
      const { native } = near;
      near.close();
      // Only a connection on the handle itself knows that it is closing.
      if (name === 'libuv') expect(() => driver.adoptConnection(native)).toThrow(code('EBADF'));
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(() => driver.adoptConnection(native)).toThrow(code('EBADF'));
      far.close();
    });
  });
}
