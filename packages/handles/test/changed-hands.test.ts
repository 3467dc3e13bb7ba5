import { freshPath } from '@netstrata/config/fresh-path';
import { describe, expect, it } from 'vitest';
import { Heard, loopback, pair } from './support/heard.js';
import { DRIVERS } from './support/transports.js';

for (const [name, driver] of Object.entries(DRIVERS)) {
  describe(`a handle that changes hands, ${name} driver`, () => {
    for (const [kind, at] of [['TCP over IPv6', loopback(0, 'IPv6')], ['a pipe', { path: freshPath() }]] as const) {
      it(`reads for the new owner alone, when told to: ${kind}`, async () => {
        const { near, far } = await pair(driver, at);
        const former = new Heard();
        near.sink = former;
        near.readStart();
        const sink = new Heard();
        const heir = driver.adoptConnection(near.detach!());
        heir.sink = sink;
        far.write(Buffer.from('x'));
        for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
        expect([former.text, sink.text, near.native, near.detach!()]).toEqual(['', '', null, null]);
        heir.readStart();
        expect([await sink.one('data'), former.text, heir.takesShared]).toEqual(['x', '', true]);
        for (const one of [heir, far]) one.close();
      });
    }

    it.runIf(name === 'libuv')('may be taken over before it was given up', async () => {
      const { near, far } = await pair(driver, loopback());
      near.readStart();
      const sink = new Heard();
      const heir = driver.adoptConnection(near.native);
      heir.sink = sink;
      far.write(Buffer.from('x'));
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect([sink.text, near.detach!() === heir.native, near.native]).toEqual(['', true, null]);
      heir.readStart();
      expect([await sink.one('data'), near.bytesRead, heir.bytesRead]).toEqual(['x', 0, 1]);
      for (const one of [heir, far]) one.close();
    });
  });
}
